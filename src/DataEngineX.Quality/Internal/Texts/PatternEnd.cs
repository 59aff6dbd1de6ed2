namespace DataEngineX.Quality;

/// <summary>Where a match has to end.</summary>
internal enum PatternEnd
{
    /// <summary>Anywhere.</summary>
    None,

    /// <summary>With the text, or before a line break that is its last character.</summary>
    BeforeLastBreak,

    /// <summary>With the text.</summary>
    Whole,
}
