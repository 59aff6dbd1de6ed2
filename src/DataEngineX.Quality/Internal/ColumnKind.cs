namespace DataEngineX.Quality;

/// <summary>How the values of a column are read by rules that compare or add them.</summary>
internal enum ColumnKind
{
    /// <summary>Not a kind rules can compare: binary, lists, structs, intervals.</summary>
    Other,

    /// <summary>A column of nulls.</summary>
    Null,

    /// <summary>Bool as 0 and 1, integers up to 64 bits but uint64, dates, times, timestamps and durations: 64-bit integers.</summary>
    Long,

    /// <summary>Uint64 and decimals: 128-bit integers.</summary>
    Wide,

    /// <summary>Floating point: 64 bits.</summary>
    Double,

    /// <summary>Text: bytes of UTF-8.</summary>
    Text,
}
