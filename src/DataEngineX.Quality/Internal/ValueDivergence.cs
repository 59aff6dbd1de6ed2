namespace DataEngineX.Quality;

/// <summary>The divergence of a distribution of values.</summary>
internal static class ValueDivergence
{
    public static Verdict Finish(DivergenceRule rule, StoredColumn column, Verdict counted, List<ValueCount> counts)
    {
        var total = counts.Sum(c => c.Count);
        var observed = counts.ToDictionary(c => c.Key, c => (c.Json, Share: c.Count / (double)total), StringComparer.Ordinal);
        var expected = rule.Expected is null ? observed : Expected(rule.Expected, column);

        var unexpected = observed.Keys.Count(k => !expected.ContainsKey(k));
        // The holdout is taken from all expected values and shared by those that were not.
        var kept = unexpected == 0 ? 1 : 1 - rule.TailHoldout;
        var all = expected.Select(e => (e.Key, e.Value.Json)).Concat(observed.Where(o => !expected.ContainsKey(o.Key)).Select(o => (o.Key, o.Value.Json)))
            .OrderBy(v => v.Json, ValueOrder.Instance).ToList();
        double[] seen = [.. all.Select(v => observed.TryGetValue(v.Key, out var o) ? o.Share : 0)];
        double[] wanted = [.. all.Select(v => expected.TryGetValue(v.Key, out var e) ? e.Share * kept : rule.TailHoldout / unexpected)];
        var values = string.Join(", ", all.Select(v => v.Json));
        return Divergence.Verdict(
            rule,
            counted,
            seen,
            wanted,
            $"{{\"values\": [{values}], \"weights\": {Divergence.List(seen)}}}",
            $"{{\"values\": [{values}], \"weights\": {Divergence.List(wanted)}}}");
    }

    private static Dictionary<string, (string Json, double Share)> Expected(Partition partition, StoredColumn column)
    {
        var expected = new Dictionary<string, (string Json, double Share)>(StringComparer.Ordinal);
        for (var i = 0; i < partition.Weights.Count; i++)
        {
            var value = partition.Values![i];
            expected[ValueKey.Of(value, column) ?? $"\0{RuleText.Of(value)}"] = (RuleParameter.Of("value", value).Json, partition.Weights[i]);
        }

        return expected;
    }
}
