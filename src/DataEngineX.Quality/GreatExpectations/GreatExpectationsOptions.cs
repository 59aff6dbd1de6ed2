namespace DataEngineX.Quality;

/// <summary>How suites of Great Expectations are read.</summary>
public sealed record GreatExpectationsOptions
{
    /// <summary>Values for <c>{"$PARAMETER": "name"}</c>, beside those the suite itself brings. <value>Default: none.</value></summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// Whether a suite may hold no expectation. Great Expectations lets any data pass such a suite; a gate made of it would do so unseen.
    /// <value>Default: false, it is refused.</value>
    /// </summary>
    public bool AllowEmpty { get; init; }

    /// <summary>The clock behind <c>now()</c>. <value>Default: the system's.</value></summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
