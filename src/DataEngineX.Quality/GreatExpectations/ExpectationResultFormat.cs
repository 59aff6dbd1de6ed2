namespace DataEngineX.Quality;

/// <summary>How much a result in the form of Great Expectations tells; each tells what the one before does.</summary>
public enum ExpectationResultFormat
{
    /// <summary>Success alone.</summary>
    BooleanOnly,

    /// <summary>Counts, percentages and the first failing values.</summary>
    Basic,

    /// <summary>The most common failing values and the rows of the first ones too.</summary>
    Summary,

    /// <summary>All failing values and their rows, as far as the verdict has samples of them.</summary>
    Complete,
}
