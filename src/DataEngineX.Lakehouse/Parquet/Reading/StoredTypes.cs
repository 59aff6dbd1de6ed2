using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The Arrow types of stored columns.</summary>
internal static class StoredTypes
{
    /// <summary>The Arrow type of a stored column, or null when it is none we read.</summary>
    /// <remarks>Timestamps of every unit become microseconds, the unit of all timestamps here.</remarks>
    internal static IArrowType? ArrowType(SchemaElement element)
    {
        var logical = element.Logical;
        return (logical.Kind, element.Type) switch
        {
            (LogicalKind.Null, _) => NullType.Default,
            (LogicalKind.Decimal, PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.ByteArray or PhysicalType.FixedLenByteArray) =>
                DecimalType(logical, element.Type.Value),
            (LogicalKind.Float16, PhysicalType.FixedLenByteArray) => FloatType.Default,
            (LogicalKind.Date, PhysicalType.Int32) => Date32Type.Default,
            (LogicalKind.Time, PhysicalType.Int32) => new Time32Type(TimeUnit.Millisecond),
            (LogicalKind.Time, PhysicalType.Int64) => new Time64Type(logical.Unit == TimeUnit.Nanosecond ? TimeUnit.Nanosecond : TimeUnit.Microsecond),
            (LogicalKind.Timestamp, PhysicalType.Int64) => logical.IsUtc ? ArrowTypes.TimestampUtc : ArrowTypes.TimestampLocal,
            (_, PhysicalType.Boolean) => BooleanType.Default,
            (_, PhysicalType.Int32) => Integer32(logical),
            (_, PhysicalType.Int64) => logical is { Kind: LogicalKind.Integer, IsSigned: false } ? UInt64Type.Default : Int64Type.Default,
            (_, PhysicalType.Int96) => ArrowTypes.TimestampUtc,
            (_, PhysicalType.Float) => FloatType.Default,
            (_, PhysicalType.Double) => DoubleType.Default,
            (LogicalKind.Text or LogicalKind.Enum or LogicalKind.Json, PhysicalType.ByteArray or PhysicalType.FixedLenByteArray) => StringType.Default,
            (_, PhysicalType.ByteArray or PhysicalType.FixedLenByteArray) => BinaryType.Default,
            _ => null,
        };
    }

    /// <summary>The bytes of a stored value; -1 when they vary.</summary>
    internal static int WidthOf(SchemaElement element) => element.Type switch
    {
        PhysicalType.Int32 or PhysicalType.Float => 4,
        PhysicalType.Int64 or PhysicalType.Double => 8,
        PhysicalType.Int96 => 12,
        PhysicalType.FixedLenByteArray => element.TypeLength is > 0 and <= 1 << 20
            ? element.TypeLength
            : Corrupt.Throw<int>($"values of {element.TypeLength} bytes"),
        _ => -1,
    };

    /// <summary>Decimals of more digits than 128 bits have come as the bytes they are stored in: a two's complement, the highest byte first.</summary>
    private static IArrowType? DecimalType(LogicalInfo logical, PhysicalType stored) =>
        logical is { Precision: > 0 and <= 38, Scale: >= 0 } && logical.Scale <= logical.Precision ? new Decimal128Type(logical.Precision, logical.Scale)
        : logical.Precision > 38 && stored is PhysicalType.ByteArray or PhysicalType.FixedLenByteArray ? BinaryType.Default
        : null;

    private static IArrowType Integer32(LogicalInfo logical) => logical.Kind != LogicalKind.Integer
        ? Int32Type.Default
        : (logical.BitWidth, logical.IsSigned) switch
        {
            (8, true) => Int8Type.Default,
            (16, true) => Int16Type.Default,
            (8, false) => UInt8Type.Default,
            (16, false) => UInt16Type.Default,
            (32, false) => UInt32Type.Default,
            _ => Int32Type.Default,
        };
}
