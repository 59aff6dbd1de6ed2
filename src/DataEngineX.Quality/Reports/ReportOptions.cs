namespace DataEngineX.Quality.Reports;

/// <summary>What a report shows, and how much of it.</summary>
public sealed record ReportOptions
{
    private readonly int _maxBytes = 1 << 20;
    private readonly int _maxSamples = 20;
    private readonly int _maxValueLength = 200;

    /// <summary>
    /// Columns whose values are not shown: of every rule and profile that looks at one of them, samples, common values, observed values and messages
    /// are left out, and everywhere row filters that name one. Counts stay.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyCollection<string> MaskedColumns { get; init; } = [];

    /// <summary>The most samples, and the most common values, of one rule.</summary>
    /// <value>20.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxSamples
    {
        get => _maxSamples;
        init => _maxSamples = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A report shows no fewer than zero samples.");
    }

    /// <summary>The most characters of one value or message; the rest is told by an ellipsis.</summary>
    /// <value>200.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaxValueLength
    {
        get => _maxValueLength;
        init => _maxValueLength = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A value has room for at least one character.");
    }

    /// <summary>About the most bytes of an HTML report. What does not fit is left out, rules that hold first, and the report says how much that is.</summary>
    /// <value>1 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 64 KiB.</exception>
    public int MaxBytes
    {
        get => _maxBytes;
        init => _maxBytes = value >= 64 << 10
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A report needs room for at least 65,536 bytes.");
    }
}
