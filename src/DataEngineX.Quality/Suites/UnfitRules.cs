namespace DataEngineX.Quality;

/// <summary>What a rule means that names a column that is not there, or does not fit a column's type.</summary>
public enum UnfitRules
{
    /// <summary>The default: the whole suite is refused before the first row.</summary>
    Refuse,

    /// <summary>The rule's verdict is an error, the others go on.</summary>
    Report,
}
