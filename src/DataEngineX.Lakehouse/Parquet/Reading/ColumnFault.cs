namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>One error for whatever is wrong with the bytes of a column.</summary>
internal static class ColumnFault
{
    /// <summary>Whether a fault comes of what is in the file, rather than of the caller, the memory or ourselves.</summary>
    internal static bool IsOfData(Exception e) => e is not (OperationCanceledException or DataEngineXException or OutOfMemoryException);

    internal static MalformedDataException Of(ParquetFile file, int group, string column, Exception e) =>
        new($"Column '{column}' of row group {group} of {file.Name} cannot be read: {e.Message}", column, e);
}
