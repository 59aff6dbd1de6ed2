namespace DataEngineX.Quality;

/// <summary>The kinds of words of a Python expression.</summary>
internal enum PythonTokenKind
{
    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A name in backticks, which is never a keyword.</summary>
    Column,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>Everything else.</summary>
    Symbol,
}
