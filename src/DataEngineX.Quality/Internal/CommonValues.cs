namespace DataEngineX.Quality;

/// <summary>Counts the values of violating rows, the first <see cref="MaxRows"/> of them, so that a column that fails throughout costs no more than that.</summary>
internal sealed class CommonValues
{
    public const int MaxRows = 10_000;

    /// <summary>The most values a verdict names.</summary>
    public const int MaxValues = 20;

    private readonly Dictionary<string, (string? Text, long Count)> _counts = new(StringComparer.Ordinal);
    private int _rows;

    public bool Wants => _rows < MaxRows;

    public void Add(string? text, string? json)
    {
        _rows++;
        if (json is null)
            return;
        _counts.TryGetValue(json, out var seen);
        _counts[json] = (text, seen.Count + 1);
    }

    public IReadOnlyList<VerdictValue> ToList() =>
    [
        .. _counts.OrderByDescending(c => c.Value.Count)
            .ThenBy(c => c.Key, ValueOrder.Instance)
            .Take(MaxValues)
            .Select(c => new VerdictValue(c.Value.Text, c.Key, c.Value.Count)),
    ];
}
