namespace DataEngineX.Quality;

/// <summary>The numbers of a column beside an expected distribution.</summary>
internal sealed class KolmogorovSmirnovState(KolmogorovSmirnovRule rule, StoredColumn column, RuleContext context) : RuleState
{
    /// <summary>The most values a sample has where nothing says how many.</summary>
    private const long LargestSample = 1000;

    private readonly NumberSample _values = new(column, context);

    public override void Update(RuleBatch batch, Span<RowMark> marks) => _values.Add(batch, marks);

    public override void Merge(RuleState other, long rowsBefore) => _values.Merge(((KolmogorovSmirnovState)other)._values);

    public override void Save(BinaryWriter writer) => _values.Save(writer);

    public override void Load(BinaryReader reader) => _values.Load(reader);

    public override Verdict Finish(Verdict counted)
    {
        if (_values.Count == 0)
            return counted;
        if (_values.HasNaN)
            return Observation.Verdict(counted, false, Observation.Number(double.NaN));
        using var sorted = _values.Sort();
        return Judge(counted, sorted.Values);
    }

    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        base.Dispose(disposing);
    }

    private Verdict Judge(Verdict counted, ReadOnlySpan<double> sorted)
    {
        var details = new List<VerdictField>();
        double found;
        if (rule.Resampling is { } resampling)
        {
            var size = resampling.Size ?? (rule.Expected.Intervals is { } intervals ? 2 * intervals.Weights.Count : (int)Math.Min(LargestSample, sorted.Length));
            found = KolmogorovTest.Bootstrap(sorted, rule.Expected, rule.Probability, resampling.Samples, size, context.Parameters.Seed);
            details.Add(new VerdictField("bootstrap_samples", Observation.Number(resampling.Samples)));
            details.Add(new VerdictField("bootstrap_sample_size", Observation.Number(size)));
        }
        else
        {
            var result = KolmogorovTest.OfOne(sorted, rule.Expected);
            found = result.PValue;
            details.Add(new VerdictField("statistic", Observation.Number(result.Statistic)));
        }

        if (rule.Expected.Intervals is not null)
            AddIntervals(details, sorted);
        return Observation.Verdict(counted, found > rule.Probability, Observation.Number(found), details);
    }

    /// <summary>The intervals as they are, with what lies outside as one more at either end, and as they are expected.</summary>
    private void AddIntervals(List<VerdictField> details, ReadOnlySpan<double> sorted)
    {
        var (edges, weights) = (new List<double>(rule.Expected.Intervals!.Edges!), new List<double>());
        if (sorted[0] < edges[0])
            edges.Insert(0, sorted[0]);
        if (sorted[^1] > edges[^1])
            edges.Add(sorted[^1]);
        var before = 0;
        for (var i = 1; i < edges.Count; i++)
        {
            // Each holds its lower edge, the last both; what lies above the expected ones does not hold theirs.
            var isClosed = i == edges.Count - 1 || (i == edges.Count - 2 && edges[i] == rule.Expected.Intervals.Edges![^1]);
            var end = CountBelow(sorted, edges[i], isClosed);
            weights.Add((end - before) / (double)sorted.Length);
            before = end;
        }

        details.Add(new VerdictField("observed_partition", Json("bins", edges, "weights", weights)));
        details.Add(new VerdictField("expected_partition", Json("bins", rule.Expected.Intervals.Edges!, "weights", rule.Expected.Intervals.Weights)));
        details.Add(new VerdictField("observed_cdf", Json("x", edges, "cdf_values", Summed(weights))));
        details.Add(new VerdictField("expected_cdf", Json("x", rule.Expected.Intervals.Edges!, "cdf_values", rule.Expected.Reached)));
    }

    private static List<double> Summed(List<double> weights)
    {
        var sums = new List<double> { 0 };
        foreach (var weight in weights)
            sums.Add(sums[^1] + weight);
        return sums;
    }

    private static int CountBelow(ReadOnlySpan<double> sorted, double value, bool isClosed)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value || (isClosed && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static string Json(string first, IEnumerable<double> x, string second, IEnumerable<double> y) =>
        $"{{\"{first}\": {Divergence.List(x)}, \"{second}\": {Divergence.List(y)}}}";
}
