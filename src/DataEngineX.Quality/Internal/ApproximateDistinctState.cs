namespace DataEngineX.Quality;

/// <summary>The number of different values as a sketch tells it: its size does not grow with them, and those of threads and days add up exactly.</summary>
internal sealed class ApproximateDistinctState(StoredColumn column, Bounds bounds, RuleContext context) : RuleState
{
    private readonly KeyEncoder _encoder = new([column]);
    private HyperLogLog _sketch = new();

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        var keys = EncodedKeys.OfThread();
        _encoder.Encode(batch, marks, context.NaNIsMissing, keys);
        foreach (var key in keys.Keys)
            _sketch.Add(HashMix.Of(HashMix.Of(key.Low) ^ key.High));
        for (var i = 0; i < keys.LongCount; i++)
            _sketch.Add(HashMix.Of(keys.Long(i, out _)));
    }

    public override void Merge(RuleState other, long rowsBefore) => _sketch.Merge(((ApproximateDistinctState)other)._sketch);

    public override void Save(BinaryWriter writer) => _sketch.Save(writer);

    public override void Load(BinaryReader reader) => _sketch = HyperLogLog.Load(reader);

    public override Verdict Finish(Verdict counted)
    {
        var found = Math.Round(_sketch.Estimate);
        return Observation.Verdict(
            counted, bounds.Hold(found), Observation.Number(found), new VerdictField("standard_error", Observation.Number(HyperLogLog.StandardError)));
    }
}
