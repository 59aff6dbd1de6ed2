namespace DataEngineX.Differential.Tests;

/// <summary>The types of random columns.</summary>
internal enum ColumnKind
{
    Integer,
    Long,
    Tiny,
    Small,
    UnsignedTiny,
    UnsignedSmall,
    UnsignedInteger,
    UnsignedLong,
    Float,
    Double,
    Decimal,
    Text,
    Binary,
    Flag,
    Date,
    Time,
    Timestamp,
    Instant,
    Duration,

    /// <summary>A list of integers.</summary>
    List,

    /// <summary>An integer <c>x</c> and a flag <c>y</c>.</summary>
    Struct,
}
