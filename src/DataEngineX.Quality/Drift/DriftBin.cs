namespace DataEngineX.Quality;

/// <summary>A bin in which two distributions are compared.</summary>
/// <param name="Label">The upper edge as text, or the value; <c>…</c> for all values that have no bin of their own.</param>
/// <param name="Before">The values of the baseline in it; with sketches an estimate.</param>
/// <param name="After">The values compared in it.</param>
public sealed record DriftBin(string Label, double Before, double After);
