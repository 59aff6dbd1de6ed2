namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Turns stored values of one width into values of another.</summary>
/// <param name="stored">The values as they lie in the file.</param>
/// <param name="values">Room for as many converted ones.</param>
/// <param name="count">How many.</param>
internal delegate void FixedConversion(ReadOnlySpan<byte> stored, Span<byte> values, int count);
