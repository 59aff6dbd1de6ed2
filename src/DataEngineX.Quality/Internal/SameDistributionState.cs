namespace DataEngineX.Quality;

/// <summary>The numbers of a column beside those of another dataset: read in this run, or kept from the one that was saved.</summary>
internal sealed class SameDistributionState(SameDistributionRule rule, StoredColumn column, NumbersReader? there, RuleContext context) : RuleState
{
    private readonly NumberSample _values = new(column, context);
    private NumberSample? _loaded;

    public override void Update(RuleBatch batch, Span<RowMark> marks) => _values.Add(batch, marks);

    public override void Merge(RuleState other, long rowsBefore) => _values.Merge(((SameDistributionState)other)._values);

    public override void Save(BinaryWriter writer)
    {
        var other = Other();
        writer.Write(other is not null);
        other?.Save(writer);
        _values.Save(writer);
    }

    public override void Load(BinaryReader reader)
    {
        if (reader.ReadBoolean())
        {
            _loaded = new NumberSample(column with { Type = Apache.Arrow.Types.DoubleType.Default }, context);
            _loaded.Load(reader);
        }

        _values.Load(reader);
    }

    public override Verdict Finish(Verdict counted)
    {
        if (_values.Count == 0 || Other() is not { Count: > 0 } other)
            return counted;
        if (_values.HasNaN || other.HasNaN)
            return Observation.Verdict(counted, false, Observation.Number(double.NaN));
        using var own = _values.Sort();
        using var them = other.Sort();
        var result = KolmogorovTest.OfTwo(own.Values, them.Values, KolmogorovSmirnovForm.Auto);
        return Observation.Verdict(
            counted,
            result.PValue > rule.Probability,
            Observation.Number(result.PValue),
            new VerdictField("statistic", Observation.Number(result.Statistic)),
            new VerdictField("values", Observation.Number(_values.Count)),
            new VerdictField("values_there", Observation.Number(other.Count)));
    }

    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        _loaded?.Dispose();
        base.Dispose(disposing);
    }

    private NumberSample? Other() => there?.Sample ?? _loaded;
}
