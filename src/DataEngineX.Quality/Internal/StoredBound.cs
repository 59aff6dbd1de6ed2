namespace DataEngineX.Quality;

/// <summary>A bound of a range in the storage unit of a column.</summary>
/// <param name="Infinity">-1 or 1 for an infinite bound, 0 for a number, null for no bound.</param>
/// <param name="Number">The number.</param>
internal readonly record struct StoredBound(int? Infinity, ExactNumber Number);
