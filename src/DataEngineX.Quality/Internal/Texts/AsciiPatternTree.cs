namespace DataEngineX.Quality;

/// <summary>A pattern that was read.</summary>
/// <param name="Root">What it matches.</param>
/// <param name="AtStart">Whether a match begins with the text.</param>
/// <param name="End">Where a match has to end.</param>
internal sealed record AsciiPatternTree(AsciiPattern.Node Root, bool AtStart, PatternEnd End);
