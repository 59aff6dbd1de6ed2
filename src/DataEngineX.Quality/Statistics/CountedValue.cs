namespace DataEngineX.Quality;

/// <summary>A value and how often it is there.</summary>
/// <param name="Value">The value as text; of a text longer than 256 bytes the beginning.</param>
/// <param name="Count">How often it is there, or a lower bound.</param>
/// <param name="Error">How much too low the count may be; zero when it is exact.</param>
public sealed record CountedValue(string Value, long Count, long Error);
