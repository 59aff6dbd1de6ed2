namespace DataEngineX.Lakehouse.Csv;

/// <summary>What stands in 64 bytes once quotes are known: a bit a byte.</summary>
internal struct CsvBlock
{
    /// <summary>Ends of fields: separators, and line ends that end a record.</summary>
    internal ulong Ends;

    /// <summary>Line ends that end a record, the first byte of each.</summary>
    internal ulong RowEnds;

    /// <summary>All line ends, also those inside quotes, the first byte of each.</summary>
    internal ulong Lines;

    /// <summary>Bytes that follow a closing quote where only a separator or a line end may.</summary>
    internal ulong Bad;
}
