namespace DataEngineX.Quality;

internal sealed partial class FixedState
{
    protected override void SaveValues(BinaryWriter writer)
    {
        Moments.Save(writer);
        writer.Write(Min);
        writer.Write(Max);
        writer.Write(Zeros);
        writer.Write(Negatives);
        writer.Write(NaNs);
        writer.Write(PositiveInfinities);
        writer.Write(NegativeInfinities);
        writer.Write(IsWhole);
        writer.Write(IsWide);
        _times?.Save(writer);
        _counts.Save(writer);
        writer.Write(_distinct is not null);
        _distinct?.Save(writer);
        _sketch?.Save(writer);
    }

    protected override void LoadValues(BinaryReader reader)
    {
        Moments = MomentSums.Load(reader);
        Min = reader.ReadInt64();
        Max = reader.ReadInt64();
        Zeros = StateFormat.Count(reader);
        Negatives = StateFormat.Count(reader);
        NaNs = StateFormat.Count(reader);
        PositiveInfinities = StateFormat.Count(reader);
        NegativeInfinities = StateFormat.Count(reader);
        IsWhole = reader.ReadBoolean();
        IsWide = reader.ReadBoolean();
        _times?.Load(reader);
        _counts = FixedCounts.Load(reader);
        if (!reader.ReadBoolean())
            return;
        _distinct = HyperLogLog.Load(reader);
        _sketch = QuantileSketch.Load(reader);
    }
}
