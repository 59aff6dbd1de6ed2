namespace DataEngineX.Quality;

/// <summary>The divergence of a distribution over intervals: a histogram on the expected edges, with what lies outside as tails.</summary>
internal sealed class IntervalDivergence(DivergenceRule rule, StoredColumn column) : RuleState
{
    private readonly Partition _expected = rule.Expected!;
    private readonly double[] _edges = [.. rule.Expected!.Edges!];
    private readonly long[] _counts = new long[rule.Expected.Weights.Count];
    private readonly double _scale = Math.Pow(10, column.Scale);
    private long _below;
    private long _above;
    private long _total;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        using var values = CheckedValues<double>.Of(column, batch, marks);
        foreach (var value in values.Values)
            See(value / _scale);
        _total += values.Values.Length;
    }

    public override void Merge(RuleState other, long rowsBefore)
    {
        var own = (IntervalDivergence)other;
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += own._counts[i];
        (_below, _above, _total) = (_below + own._below, _above + own._above, _total + own._total);
    }

    public override void Save(BinaryWriter writer)
    {
        foreach (var count in (long[])[.. _counts, _below, _above, _total])
            writer.Write(count);
    }

    public override void Load(BinaryReader reader)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] = StateFormat.Count(reader);
        (_below, _above, _total) = (StateFormat.Count(reader), StateFormat.Count(reader), StateFormat.Count(reader));
    }

    public override Verdict Finish(Verdict counted)
    {
        double[] seen = [.. _counts.Select(c => c / (double)_total)];
        double[] wanted = [.. _expected.Weights.Select(w => w * (1 - rule.TailHoldout - rule.InternalHoldout))];
        HoldOut(wanted);
        var (below, above) = (_below / (double)_total, _above / (double)_total);
        var (left, right) = (double.IsInfinity(_edges[0]), double.IsInfinity(_edges[^1]));
        // What one infinite end does not cover lies at the other; without any, tails share the holdout.
        var (low, high) = _expected.TailWeights is { } tails ? (tails[0], tails[1])
            : left || right ? (rule.TailHoldout, rule.TailHoldout)
            : (rule.TailHoldout / 2, rule.TailHoldout / 2);
        var inner = (left ? 1 : 0)..^(right ? 1 : 0);
        var seenTails = (left ? seen[0] : below, right ? seen[^1] : above);
        var wantedTails = (left ? wanted[0] : low, right ? wanted[^1] : high);
        return Divergence.Verdict(
            rule,
            counted,
            [seenTails.Item1, .. seen[inner], seenTails.Item2],
            [wantedTails.Item1, .. wanted[inner], wantedTails.Item2],
            Partition(seen[inner], seenTails, inner),
            Partition(wanted[inner], wantedTails, inner));
    }

    private void HoldOut(double[] wanted)
    {
        var empty = wanted.Count(w => w == 0);
        for (var i = 0; rule.InternalHoldout > 0 && i < wanted.Length; i++)
        {
            if (wanted[i] == 0)
                wanted[i] = rule.InternalHoldout / empty;
        }
    }

    private string Partition(double[] weights, (double Low, double High) tails, System.Range inner) =>
        $"{{\"bins\": {Divergence.List(_edges[inner])}, \"weights\": {Divergence.List(weights)}, \"tail_weights\": {Divergence.List([tails.Low, tails.High])}}}";

    private void See(double value)
    {
        if (value < _edges[0])
        {
            _below++;
        }
        else if (value > _edges[^1])
        {
            _above++;
        }
        else if (!double.IsNaN(value))
        {
            var found = System.Array.BinarySearch(_edges, value);
            // The last interval holds both of its edges.
            _counts[Math.Min(found < 0 ? ~found - 1 : found, _counts.Length - 1)]++;
        }
    }
}
