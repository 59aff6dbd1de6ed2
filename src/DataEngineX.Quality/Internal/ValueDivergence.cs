namespace DataEngineX.Quality;

/// <summary>The divergence of a distribution of values.</summary>
internal static class ValueDivergence
{
    public static Verdict Finish(DivergenceRule rule, StoredColumn column, Verdict counted, List<ValueCount> counts)
    {
        var shares = ValueShares.Of(rule.Expected, rule.TailHoldout, column, counts);
        return Divergence.Verdict(rule, counted, shares.Observed, shares.Expected, shares.Json(shares.Observed), shares.Json(shares.Expected));
    }
}
