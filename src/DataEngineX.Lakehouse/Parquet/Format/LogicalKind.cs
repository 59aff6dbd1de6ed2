namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>What stored values mean; the numbers are the field ids of the format's LogicalType.</summary>
internal enum LogicalKind
{
    None = 0,
    Text = 1,
    Map = 2,
    List = 3,
    Enum = 4,
    Decimal = 5,
    Date = 6,
    Time = 7,
    Timestamp = 8,
    Integer = 10,
    Null = 11,
    Json = 12,
    Bson = 13,
    Uuid = 14,
    Float16 = 15,
}
