namespace DataEngineX.Quality;

/// <summary>Mean, sum or standard deviation as a number.</summary>
internal sealed class MomentState(StoredColumn column, ColumnAggregate aggregate, Bounds bounds) : RuleState
{
    private DoubleSums _sums;
    private FewValues? _few = new();

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        using var values = CheckedValues<double>.Of(column, batch, marks);
        _sums = _sums.Merge(values.Sums());
        if (_few is not null && !_few.TryAdd(batch, marks, values.Values))
            _few = null;
    }

    public override void Merge(RuleState other, long rowsBefore)
    {
        var own = (MomentState)other;
        _sums = _sums.Merge(own._sums);
        if (_few is not null && (own._few is null || !_few.TryMerge(own._few, rowsBefore)))
            _few = null;
    }

    public override void Save(BinaryWriter writer)
    {
        _sums.Save(writer);
        writer.Write(_few is not null);
        _few?.Save(writer);
    }

    public override void Load(BinaryReader reader)
    {
        _sums = DoubleSums.Load(reader);
        _few = reader.ReadBoolean() ? FewValues.Load(reader) : null;
    }

    public override Verdict Finish(Verdict counted)
    {
        var scale = Math.Pow(10, column.Scale);
        var value = aggregate switch
        {
            ColumnAggregate.Mean => _sums.Mean,
            ColumnAggregate.Sum => _sums.Sum.Value,
            _ => _few?.StandardDeviation() ?? _sums.StandardDeviation,
        } / scale;
        var missing = _sums.Count == 0 && aggregate != ColumnAggregate.Sum;
        return missing || (double.IsNaN(value) && _sums.Count < 2)
            ? Observation.Verdict(counted, !bounds.Any, null)
            : Observation.Verdict(counted, bounds.Hold(value), Observation.Number(value));
    }
}
