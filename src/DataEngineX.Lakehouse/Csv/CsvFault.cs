namespace DataEngineX.Lakehouse.Csv;

/// <summary>A value of a batch that does not fit its column.</summary>
/// <param name="Row">The row in the batch.</param>
/// <param name="Column">The column.</param>
/// <param name="IsMissing">Whether it is null where it must not be; otherwise its text is no value of the type.</param>
internal readonly record struct CsvFault(int Row, int Column, bool IsMissing);
