namespace DataEngineX.Quality;

public sealed partial class QuantileSketch
{
    /// <summary>The state as JSON, for <see cref="Parse"/>.</summary>
    public string ToJson() => StateFormat.Write(Kind, Save);

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is no such state.</exception>
    public static QuantileSketch Parse(string json) => StateFormat.Read(json, Kind, Load);

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(IsExact);
        writer.Write(_random);
        writer.Write7BitEncodedInt(_base);
        writer.Write(_pending);
        writer.Write(_target);
        writer.Write(_candidate);
        writer.Write7BitEncodedInt(_levels.Count);
        foreach (var level in _levels)
        {
            writer.Write7BitEncodedInt(level.Count);
            foreach (var value in level.Values)
                writer.Write(value);
        }
    }

    internal static QuantileSketch Load(BinaryReader reader)
    {
        var sketch = new QuantileSketch
        {
            Count = StateFormat.Count(reader),
            IsExact = reader.ReadBoolean(),
            _random = reader.ReadUInt64(),
            _base = StateFormat.Length(reader, 62),
            _pending = StateFormat.Count(reader),
            _target = StateFormat.Count(reader),
            _candidate = reader.ReadDouble(),
        };
        var levels = StateFormat.Length(reader, 63);
        var weight = sketch._pending;
        for (var i = 0; i < levels; i++)
        {
            if (i == sketch._levels.Count)
                sketch._levels.Add(new ValueBuffer());
            var values = StateFormat.Length(reader, Room);
            for (var j = 0; j < values; j++)
                sketch._levels[i].Append(reader.ReadDouble());
            sketch._kept += values;
            weight += (long)values << i;
        }

        if (weight != sketch.Count || sketch._random == 0 || sketch._base >= sketch._levels.Count)
            throw new FormatException($"The state of the sketch does not fit its {sketch.Count} values.");
        return sketch;
    }

    /// <summary>A list of values that can be sorted where it is.</summary>
    private sealed class ValueBuffer
    {
        private double[] _values = [];

        public int Count { get; private set; }

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        public void Append(double value)
        {
            Reserve(1);
            _values[Count++] = value;
        }

        public void Append(ReadOnlySpan<double> values)
        {
            Reserve(values.Length);
            values.CopyTo(_values.AsSpan(Count));
            Count += values.Length;
        }

        public ReadOnlySpan<double> Sort()
        {
            _values.AsSpan(0, Count).Sort();
            return Values;
        }

        public void KeepFrom(int start)
        {
            Values[start..].CopyTo(_values);
            Count -= start;
        }

        private void Reserve(int more)
        {
            if (Count + more > _values.Length)
                Array.Resize(ref _values, Math.Max(Count + more, Math.Max(16, _values.Length * 2)));
        }
    }
}
