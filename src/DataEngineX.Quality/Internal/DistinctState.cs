namespace DataEngineX.Quality;

/// <summary>The number or share of different values, or the entropy of their frequencies.</summary>
internal sealed class DistinctState(StoredColumn column, ColumnAggregate aggregate, Bounds bounds, RuleContext context) : RuleState
{
    private readonly KeyCounts _counts = new([column], context, onlyDistinct: aggregate != ColumnAggregate.Entropy);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        _counts.Add(batch, marks);
    }

    public override void Merge(RuleState other, long rowsBefore) => _counts.Merge(((DistinctState)other)._counts);

    public override void Save(BinaryWriter writer) => _counts.Save(writer);

    public override void Load(BinaryReader reader) => _counts.Load(reader);

    public override Verdict Finish(Verdict counted)
    {
        if (aggregate == ColumnAggregate.DistinctCount)
            return Observation.Verdict(counted, bounds.Hold((double)_counts.Distinct), Observation.Number(_counts.Distinct));
        var value = _counts.Total == 0 ? 0
            : aggregate == ColumnAggregate.DistinctShare ? _counts.Distinct / (double)_counts.Total
            : _counts.Entropy();
        return Observation.Verdict(counted, bounds.Hold(value), Observation.Number(value));
    }

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        base.Dispose(disposing);
    }
}
