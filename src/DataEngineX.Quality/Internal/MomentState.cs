namespace DataEngineX.Quality;

/// <summary>Mean, sum or standard deviation as a number.</summary>
internal sealed class MomentState(StoredColumn column, ColumnAggregate aggregate, Bounds bounds) : RuleState
{
    private readonly Moments _moments = new();

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        _moments.Add(Dense.Of(column.Values<double>(batch, out var stored), marks, out var dense));
        StoredColumn.Return(dense);
        StoredColumn.Return(stored);
    }

    public override Verdict Finish(Verdict counted)
    {
        var scale = Math.Pow(10, column.Scale);
        var value = aggregate switch
        {
            ColumnAggregate.Mean => _moments.Mean,
            ColumnAggregate.Sum => _moments.Sum,
            _ => _moments.StandardDeviation,
        } / scale;
        var missing = _moments.Count == 0 && aggregate != ColumnAggregate.Sum;
        return missing || (double.IsNaN(value) && _moments.Count < 2)
            ? Observation.Verdict(counted, !bounds.Any, null)
            : Observation.Verdict(counted, bounds.Hold(value), Observation.Number(value));
    }
}
