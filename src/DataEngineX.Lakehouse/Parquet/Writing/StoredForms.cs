using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>How values of an Arrow type are stored.</summary>
internal static class StoredForms
{
    /// <summary>The schema node of a column that is not nested.</summary>
    /// <exception cref="PlanException">The type cannot be stored.</exception>
    internal static SchemaElement Of(ArrowField field)
    {
        var (physical, logical, width) = field.DataType switch
        {
            NullType => (PhysicalType.Int32, new LogicalInfo(LogicalKind.Null), 0),
            BooleanType => (PhysicalType.Boolean, default, 0),
            Int8Type => (PhysicalType.Int32, Integer(8, true), 0),
            Int16Type => (PhysicalType.Int32, Integer(16, true), 0),
            Int32Type => (PhysicalType.Int32, default, 0),
            Int64Type => (PhysicalType.Int64, default, 0),
            UInt8Type => (PhysicalType.Int32, Integer(8, false), 0),
            UInt16Type => (PhysicalType.Int32, Integer(16, false), 0),
            UInt32Type => (PhysicalType.Int32, Integer(32, false), 0),
            UInt64Type => (PhysicalType.Int64, Integer(64, false), 0),
            FloatType => (PhysicalType.Float, default, 0),
            DoubleType => (PhysicalType.Double, default, 0),
            StringType => (PhysicalType.ByteArray, new LogicalInfo(LogicalKind.Text), 0),
            BinaryType => (PhysicalType.ByteArray, default, 0),
            Date32Type => (PhysicalType.Int32, new LogicalInfo(LogicalKind.Date), 0),
            Time32Type { Unit: TimeUnit.Millisecond } => (PhysicalType.Int32, new LogicalInfo(LogicalKind.Time, TimeUnit.Millisecond), 0),
            Time64Type type => (PhysicalType.Int64, new LogicalInfo(LogicalKind.Time, type.Unit), 0),
            TimestampType { Unit: not TimeUnit.Second } type =>
                (PhysicalType.Int64, new LogicalInfo(LogicalKind.Timestamp, type.Unit, IsUtc: type.Timezone is not (null or "")), 0),
            Decimal128Type { Precision: <= 9 } type => (PhysicalType.Int32, Decimal(type), 0),
            Decimal128Type { Precision: <= 18 } type => (PhysicalType.Int64, Decimal(type), 0),
            Decimal128Type type => (PhysicalType.FixedLenByteArray, Decimal(type), BytesOf(type.Precision)),
            FixedSizeBinaryType type => (PhysicalType.FixedLenByteArray, default, type.ByteWidth),
            DictionaryType type => FormOf(Of(new ArrowField(field.Name, type.ValueType, field.IsNullable))),
            _ => throw Unsupported(field),
        };
        return new SchemaElement
        {
            Type = physical,
            TypeLength = width,
            Logical = logical,
            Name = field.Name,
            Repetition = field.IsNullable || field.DataType is NullType ? Repetition.Optional : Repetition.Required,
        };
    }

    internal static PlanException Unsupported(ArrowField field) => new(
        $"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be stored in Parquet here; "
        + "convert it to bool, an integer, float, double, utf8, binary, date32, time, timestamp in ms, us or ns, decimal, or a list, struct or map of these.",
        column: field.Name);

    private static (PhysicalType Physical, LogicalInfo Logical, int Width) FormOf(SchemaElement element) =>
        (element.Type!.Value, element.Logical, element.TypeLength);

    private static LogicalInfo Integer(int bits, bool isSigned) => new(LogicalKind.Integer, BitWidth: bits, IsSigned: isSigned);

    private static LogicalInfo Decimal(Decimal128Type type) => new(LogicalKind.Decimal, Precision: type.Precision, Scale: type.Scale);

    /// <summary>The bytes that a signed number of so many digits needs.</summary>
    private static int BytesOf(int digits)
    {
        Int128 most = 0;
        for (var i = 0; i < digits; i++)
            most = (most * 10) + 9;
        var bytes = 1;
        for (; bytes < 16 && most >> ((8 * bytes) - 1) != 0; bytes++)
        {
        }

        return bytes;
    }
}
