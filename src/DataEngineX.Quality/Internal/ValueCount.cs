namespace DataEngineX.Quality;

/// <summary>A value of a column and how often it occurs.</summary>
/// <param name="Key">The value as a key that equals that of an equal literal.</param>
/// <param name="Json">The value as JSON.</param>
/// <param name="Count">The rows with it.</param>
internal readonly record struct ValueCount(string Key, string Json, long Count);
