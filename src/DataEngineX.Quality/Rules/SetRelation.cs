namespace DataEngineX.Quality;

/// <summary>How the different values of a column relate to a set.</summary>
public enum SetRelation
{
    /// <summary>Each of them is in the set.</summary>
    Within,

    /// <summary>The set is among them.</summary>
    Contains,

    /// <summary>They are the set.</summary>
    Equals,
}
