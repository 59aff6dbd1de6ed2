namespace DataEngineX.Quality;

/// <summary>How suites of Great Expectations are read.</summary>
public sealed record GreatExpectationsOptions
{
    /// <summary>Values for <c>{"$PARAMETER": "name"}</c>, beside those the suite itself brings. <value>Default: none.</value></summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>The clock behind <c>now()</c>. <value>Default: the system's.</value></summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
