namespace DataEngineX.Lakehouse.Text;

/// <summary>Where a chunk stands in a plain file.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="FirstLine">The 1-based line of its first byte.</param>
internal readonly record struct TextPlace(long Offset, int Length, long FirstLine);
