namespace DataEngineX;

/// <summary>One violating row, small enough to keep.</summary>
/// <param name="Row">The 0-based number of the row in the checked stream.</param>
/// <param name="Value">The value as text, or null.</param>
/// <param name="File">The file the row came from, when known.</param>
/// <param name="Line">The 1-based line in that file, when known.</param>
public sealed record VerdictSample(long Row, string? Value, string? File = null, long? Line = null)
{
    /// <summary>The value as JSON text: of one column its value, of several an object; null where the rule names no column.</summary>
    public string? Json { get; init; }

    /// <summary>The key columns of the row, where the suite names some.</summary>
    public IReadOnlyList<VerdictField> Keys { get; init; } = [];
}
