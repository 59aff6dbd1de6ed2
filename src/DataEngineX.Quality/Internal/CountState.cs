namespace DataEngineX.Quality;

/// <summary>Counts the values of a column and lets a rule judge the counts.</summary>
internal sealed class CountState(StoredColumn column, RuleContext context, Func<Verdict, List<ValueCount>, Verdict> finish) : RuleState
{
    private readonly ValueCounts _counts = new([column], context.Allocator);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        _counts.Add(batch, marks);
    }

    public override Verdict Finish(Verdict counted) => finish(counted, _counts.ToList());

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        base.Dispose(disposing);
    }
}
