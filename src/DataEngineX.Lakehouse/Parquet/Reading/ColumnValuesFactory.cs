using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Chooses how a stored column is decoded into the type wanted.</summary>
internal static class ColumnValuesFactory
{
    /// <summary>The decoder.</summary>
    /// <param name="element">The stored column.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="wanted">The Arrow type wanted.</param>
    /// <param name="allocator">Where arrays come from.</param>
    /// <exception cref="DataEngineXException">The stored type cannot become the wanted one.</exception>
    internal static ColumnValues Create(SchemaElement element, string name, IArrowType wanted, MemoryAllocator allocator)
    {
        var physical = element.Type!.Value;
        var width = StoredTypes.WidthOf(element);
        var logical = element.Logical;
        return (physical, wanted) switch
        {
            (_, NullType) => new NullValues(),
            (PhysicalType.Boolean, BooleanType) => new BoolValues(allocator),
            (PhysicalType.Int32, Int8Type or UInt8Type) => Fixed<byte>(FixedConversions.Number<uint, byte>),
            (PhysicalType.Int32, Int16Type or UInt16Type) => Fixed<ushort>(FixedConversions.Number<uint, ushort>),
            (PhysicalType.Int32, Int32Type or Date32Type or Time32Type or UInt32Type) => Fixed<int>(null),
            (PhysicalType.Int32, Int64Type) => logical is { Kind: LogicalKind.Integer, IsSigned: false }
                ? Fixed<long>(FixedConversions.Number<uint, long>)
                : Fixed<long>(FixedConversions.Number<int, long>),
            (PhysicalType.Int32, DoubleType) => Fixed<double>(FixedConversions.Number<int, double>),
            (PhysicalType.Int32, TimestampType { Timezone: null or "" }) when logical.Kind == LogicalKind.Date => Fixed<long>(FixedConversions.Days),
            (PhysicalType.Int64, Int64Type or UInt64Type or Time64Type) => Fixed<long>(null),
            (PhysicalType.Int64, TimestampType) => Fixed<long>(FixedConversions.Timestamp(
                logical.Kind == LogicalKind.Timestamp ? logical.Unit : TimeUnit.Microsecond)),
            (PhysicalType.Int96, TimestampType) => Fixed<long>(FixedConversions.Int96),
            (PhysicalType.Float, FloatType) => Fixed<float>(null),
            (PhysicalType.Float, DoubleType) => Fixed<double>(FixedConversions.Number<float, double>),
            (PhysicalType.Double, DoubleType) => Fixed<double>(null),
            (PhysicalType.FixedLenByteArray, FloatType) when logical.Kind == LogicalKind.Float16 && width == 2 => Fixed<float>(FixedConversions.Half),
            (PhysicalType.ByteArray, Decimal128Type type) => new DecimalTextValues(type, FactorTo(type), allocator),
            (PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.FixedLenByteArray, Decimal128Type type) =>
                Fixed<Int128>(FixedConversions.Decimal(physical, width, FactorTo(type))),
            (PhysicalType.ByteArray or PhysicalType.FixedLenByteArray, StringType or BinaryType) => new TextValues(wanted, width, allocator),
            (PhysicalType.ByteArray, DictionaryType { ValueType: StringType or BinaryType, IndexType: Int32Type } type) =>
                new KeptTextValues(type, width, allocator),
            _ => throw new DataEngineXException(
                $"Column '{name}' is stored as {physical} ({logical.Kind}) and cannot be read as {ArrowTypes.NameOf(wanted)}."),
        };

        ColumnValues Fixed<T>(FixedConversion? convert)
            where T : unmanaged =>
            new FixedValues<T>(wanted, physical, width, convert, allocator);

        Int128 FactorTo(Decimal128Type type)
        {
            var stored = logical.Kind == LogicalKind.Decimal ? logical.Scale : 0;
            if (stored > type.Scale)
                throw new DataEngineXException($"Column '{name}' is stored with {stored} decimals and cannot be read with {type.Scale}.");
            Int128 factor = 1;
            for (var i = stored; i < type.Scale; i++)
                factor *= 10;
            return factor;
        }
    }
}
