namespace DataEngineX.Quality;

/// <summary>Counts the values of a column and lets a rule judge the counts.</summary>
internal sealed class CountState(StoredColumn column, RuleContext context, Func<Verdict, List<ValueCount>, Verdict> finish) : RuleState
{
    private readonly KeyCounts _counts = new([column], context);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        _counts.Add(batch, marks);
    }

    public override void Merge(RuleState other, long rowsBefore) => _counts.Merge(((CountState)other)._counts);

    public override void Save(BinaryWriter writer) => _counts.Save(writer);

    public override void Load(BinaryReader reader) => _counts.Load(reader);

    public override Verdict Finish(Verdict counted) => finish(counted, ValueCounts.ToList(_counts, column));

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        base.Dispose(disposing);
    }
}
