namespace DataEngineX.Quality;

/// <summary>
/// The values of a small sample with their rows. Their deviation is taken in the two plain passes by which other tools take it, so that the last
/// digit agrees with theirs; of more values <see cref="DoubleSums"/> is exact where plain passes are not.
/// </summary>
internal sealed class FewValues
{
    public const int Most = 256;

    private readonly List<(long Row, double Value)> _values = [];

    /// <summary>Adds the checked rows of a batch.</summary>
    /// <returns>Whether all fit; if not, the sample is not small any more.</returns>
    public bool TryAdd(RuleBatch batch, ReadOnlySpan<RowMark> marks, ReadOnlySpan<double> values)
    {
        if (_values.Count + values.Length > Most)
            return false;
        var next = 0;
        for (var i = 0; next < values.Length; i++)
        {
            if (marks[i] != RowMark.Skipped)
                _values.Add((batch.RowNumber(i), values[next++]));
        }

        return true;
    }

    /// <summary>Adds another sample.</summary>
    /// <returns>Whether all fit.</returns>
    public bool TryMerge(FewValues other, long rowsBefore)
    {
        if (_values.Count + other._values.Count > Most)
            return false;
        _values.AddRange(other._values.Select(v => (v.Row + rowsBefore, v.Value)));
        return true;
    }

    /// <summary>The standard deviation of a sample; NaN below two values.</summary>
    public double StandardDeviation()
    {
        if (_values.Count < 2)
            return double.NaN;
        _values.Sort();
        var mean = _values.Sum(v => v.Value) / _values.Count;
        return Math.Sqrt(_values.Sum(v => (v.Value - mean) * (v.Value - mean)) / (_values.Count - 1));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_values.Count);
        foreach (var (row, value) in _values)
        {
            writer.Write(row);
            writer.Write(value);
        }
    }

    public static FewValues Load(BinaryReader reader)
    {
        var few = new FewValues();
        for (var left = StateFormat.Length(reader, Most); left > 0; left--)
            few._values.Add((reader.ReadInt64(), reader.ReadDouble()));
        return few;
    }
}
