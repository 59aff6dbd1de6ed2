namespace DataEngineX.Quality;

/// <summary>Which rows a rule over several columns does not check for want of values.</summary>
public enum IgnoredRows
{
    /// <summary>Those in which all of the columns are missing.</summary>
    AllMissing,

    /// <summary>Those in which one of the columns is missing, or more.</summary>
    AnyMissing,

    /// <summary>None.</summary>
    None,
}
