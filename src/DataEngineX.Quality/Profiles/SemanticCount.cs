namespace DataEngineX.Quality;

/// <summary>How many values look like something.</summary>
/// <param name="Type">What they look like.</param>
/// <param name="Count">How many.</param>
/// <param name="Share">Their share of the values that are neither empty nor blank, 0 to 1.</param>
public sealed record SemanticCount(SemanticType Type, long Count, double Share);
