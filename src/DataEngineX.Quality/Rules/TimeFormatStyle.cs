namespace DataEngineX.Quality;

/// <summary>The language a format of dates and times is written in.</summary>
public enum TimeFormatStyle
{
    /// <summary>That of .NET, such as <c>yyyy-MM-dd</c>; invariant culture.</summary>
    DotNet,

    /// <summary>That of C and Python, such as <c>%Y-%m-%d</c>; English names.</summary>
    Strftime,
}
