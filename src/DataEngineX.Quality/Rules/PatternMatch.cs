namespace DataEngineX.Quality;

/// <summary>How many of several patterns a value has to match.</summary>
public enum PatternMatch
{
    /// <summary>One of them, at least.</summary>
    Any,

    /// <summary>All of them.</summary>
    All,
}
