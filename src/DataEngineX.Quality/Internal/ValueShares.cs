namespace DataEngineX.Quality;

/// <summary>The shares of values side by side: as they are in a column, and as they are expected.</summary>
/// <param name="Values">The values, as JSON, in order.</param>
/// <param name="Observed">The share of each in the column.</param>
/// <param name="Expected">The share of each that is expected.</param>
internal sealed record ValueShares(IReadOnlyList<string> Values, double[] Observed, double[] Expected)
{
    /// <summary>Brings both together.</summary>
    /// <param name="partition">The expected distribution; null for the observed one.</param>
    /// <param name="holdout">The share taken from all expected values, and shared by those that were not.</param>
    /// <param name="column">The column.</param>
    /// <param name="counts">Its values.</param>
    public static ValueShares Of(Partition? partition, double holdout, StoredColumn column, List<ValueCount> counts)
    {
        var total = counts.Sum(c => c.Count);
        var observed = counts.ToDictionary(c => c.Key, c => (c.Json, Share: c.Count / (double)total), StringComparer.Ordinal);
        var expected = partition is null ? observed : Wanted(partition, column);
        var unexpected = observed.Keys.Count(k => !expected.ContainsKey(k));
        var kept = unexpected == 0 ? 1 : 1 - holdout;
        var all = expected.Select(e => (e.Key, e.Value.Json)).Concat(observed.Where(o => !expected.ContainsKey(o.Key)).Select(o => (o.Key, o.Value.Json)))
            .OrderBy(v => v.Json, ValueOrder.Instance).ToList();
        return new ValueShares(
            [.. all.Select(v => v.Json)],
            [.. all.Select(v => observed.TryGetValue(v.Key, out var o) ? o.Share : 0)],
            [.. all.Select(v => expected.TryGetValue(v.Key, out var e) ? e.Share * kept : holdout / unexpected)]);
    }

    /// <summary>The values with some of their shares as JSON.</summary>
    public string Json(double[] shares) => $"{{\"values\": [{string.Join(", ", Values)}], \"weights\": {Divergence.List(shares)}}}";

    private static Dictionary<string, (string Json, double Share)> Wanted(Partition partition, StoredColumn column)
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
