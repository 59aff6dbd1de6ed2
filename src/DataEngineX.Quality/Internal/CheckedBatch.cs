using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A batch that rules have looked at.</summary>
/// <param name="Batch">The rows, owned by who gets this.</param>
/// <param name="FirstRow">The number of its first row.</param>
/// <param name="Violations">Which rows violate which rule, where that is wanted; null when none does.</param>
internal readonly record struct CheckedBatch(RecordBatch Batch, long FirstRow, BatchViolations? Violations);
