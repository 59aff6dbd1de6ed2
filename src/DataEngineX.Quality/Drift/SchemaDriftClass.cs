namespace DataEngineX.Quality;

/// <summary>What a change of a schema means to those who read the data.</summary>
public enum SchemaDriftClass
{
    /// <summary>Readers go on as before.</summary>
    Compatible,

    /// <summary>Every old value still fits; readers must take more than before.</summary>
    Widening,

    /// <summary>Readers that use the column fail, or read something else.</summary>
    Breaking,
}
