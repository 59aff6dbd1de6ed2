namespace DataEngineX.Quality;

/// <summary>
/// The failing rows with the lowest numbers, whichever thread finds them: as many as a verdict shows, and some more whose values are counted.
/// </summary>
/// <param name="samples">The rows a verdict shows.</param>
internal sealed class FailingRows(int samples)
{
    /// <summary>The rows whose values are counted, or more where the verdict shows more.</summary>
    public const int Counted = 256;

    /// <summary>The most values a verdict names.</summary>
    private const int MaxValues = 20;

    private readonly int _most = Math.Max(samples, Counted);
    private readonly List<VerdictSample> _rows = [];

    /// <summary>Whether a row would be kept; of rows in order none is once one is not.</summary>
    public bool Wants(long row) => _rows.Count < _most || row < _rows[^1].Row;

    public void Add(VerdictSample row)
    {
        if (_rows.Count == 0 || _rows[^1].Row < row.Row)
        {
            _rows.Add(row);
        }
        else
        {
            var index = _rows.BinarySearch(row, ByRow.Instance);
            _rows.Insert(index < 0 ? ~index : index, row);
        }

        if (_rows.Count > _most)
            _rows.RemoveAt(_most);
    }

    public void Merge(FailingRows other, long rowsBefore)
    {
        foreach (var row in other._rows)
        {
            if (!Wants(row.Row + rowsBefore))
                break;
            Add(row with { Row = row.Row + rowsBefore });
        }
    }

    public IReadOnlyList<VerdictSample> Samples() => [.. _rows.Take(samples)];

    /// <summary>The most common values, the most common first and of equally common ones the lower.</summary>
    public IReadOnlyList<VerdictValue> Common() =>
    [
        .. _rows.Where(r => r.Json is not null)
            .GroupBy(r => r.Json!, StringComparer.Ordinal)
            .Select(g => new VerdictValue(g.First().Value, g.Key, g.Count()))
            .OrderByDescending(v => v.Count)
            .ThenBy(v => v.Json, ValueOrder.Instance)
            .Take(MaxValues),
    ];

    public void Save(BinaryWriter writer)
    {
        writer.Write(_rows.Count);
        foreach (var row in _rows)
            SampleFormat.Save(writer, row);
    }

    public void Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
            Add(SampleFormat.Load(reader));
    }

    private sealed class ByRow : IComparer<VerdictSample>
    {
        public static readonly ByRow Instance = new();

        public int Compare(VerdictSample? x, VerdictSample? y) => x!.Row.CompareTo(y!.Row);
    }
}
