namespace DataEngineX.Quality;

/// <summary>How one column of a row compares with another.</summary>
public enum PairComparison
{
    /// <summary>They are equal.</summary>
    Equal,

    /// <summary>The first is greater than the second.</summary>
    Greater,

    /// <summary>The first is greater than the second, or equal.</summary>
    GreaterOrEqual,
}
