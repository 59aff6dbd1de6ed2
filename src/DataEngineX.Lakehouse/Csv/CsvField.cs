namespace DataEngineX.Lakehouse.Csv;

/// <summary>Where one field of the current record stands in the buffer, without its quotes.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The bytes between the quotes, or of the bare field.</param>
/// <param name="Quoted">Whether it was quoted.</param>
/// <param name="Escaped">Whether it holds doubled quotes.</param>
internal readonly record struct CsvField(int Start, int Length, bool Quoted, bool Escaped);
