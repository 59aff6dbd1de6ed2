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
    /// <param name="file">The file, for errors.</param>
    /// <param name="name">What the column is called, for errors.</param>
    /// <param name="wanted">The Arrow type wanted.</param>
    /// <param name="allocator">Where arrays come from.</param>
    /// <exception cref="DataEngineXException">The stored type cannot become the wanted one.</exception>
    internal static ColumnValues Create(SchemaElement element, string file, string name, IArrowType wanted, MemoryAllocator allocator)
    {
        var physical = element.Type!.Value;
        var width = StoredTypes.WidthOf(element);
        var logical = element.Logical;

        // What a file says of its values holds: a count of days is no number, and a number is no time, however alike they lie there.
        var isNumber = logical.Kind is LogicalKind.None or LogicalKind.Integer or LogicalKind.Null;
        return (physical, wanted) switch
        {
            (_, NullType) => new NullValues(),
            (PhysicalType.Boolean, BooleanType) => new BoolValues(allocator),
            (PhysicalType.Int32, Int8Type) when isNumber => Fixed<byte>(Whole<int, uint, sbyte>(8, isSigned: true)),
            (PhysicalType.Int32, UInt8Type) when isNumber => Fixed<byte>(Whole<int, uint, byte>(8, isSigned: false)),
            (PhysicalType.Int32, Int16Type) when isNumber => Fixed<ushort>(Whole<int, uint, short>(16, isSigned: true)),
            (PhysicalType.Int32, UInt16Type) when isNumber => Fixed<ushort>(Whole<int, uint, ushort>(16, isSigned: false)),
            (PhysicalType.Int32, Int32Type) when isNumber => Fixed<int>(logical is { Kind: LogicalKind.Integer, IsSigned: false, BitWidth: 32 } ? FixedConversions.Narrow<uint, int> : null),
            (PhysicalType.Int32, UInt32Type) when isNumber => Fixed<int>(null),
            (PhysicalType.Int32, Date32Type) when logical.Kind == LogicalKind.Date => Fixed<int>(null),
            (PhysicalType.Int32, Time32Type) when logical.Kind == LogicalKind.Time => Fixed<int>(null),
            (PhysicalType.Int32, Int64Type) when isNumber => IsUnsigned() ? Fixed<long>(FixedConversions.Number<uint, long>) : Fixed<long>(FixedConversions.Number<int, long>),
            (PhysicalType.Int32, DoubleType) when isNumber => IsUnsigned() ? Fixed<double>(FixedConversions.Number<uint, double>) : Fixed<double>(FixedConversions.Number<int, double>),
            (PhysicalType.Int32, TimestampType { Timezone: null or "" }) when logical.Kind == LogicalKind.Date => Fixed<long>(FixedConversions.Days),
            (PhysicalType.Int64, Int64Type) when isNumber => Fixed<long>(IsUnsigned() ? FixedConversions.Narrow<ulong, long> : null),
            (PhysicalType.Int64, UInt64Type) when isNumber => Fixed<long>(null),
            (PhysicalType.Int64, Time64Type) when logical.Kind == LogicalKind.Time => Fixed<long>(null),
            (PhysicalType.Int64, TimestampType) when logical.Kind == LogicalKind.Timestamp => Fixed<long>(FixedConversions.Timestamp(logical.Unit)),
            (PhysicalType.Int96, TimestampType) => Fixed<long>(FixedConversions.Int96),
            (PhysicalType.Float, FloatType) => Fixed<float>(null),
            (PhysicalType.Float, DoubleType) => Fixed<double>(FixedConversions.Number<float, double>),
            (PhysicalType.Double, DoubleType) => Fixed<double>(null),
            (PhysicalType.FixedLenByteArray, FloatType) when logical.Kind == LogicalKind.Float16 && width == 2 => Fixed<float>(FixedConversions.Half),
            (PhysicalType.ByteArray, Decimal128Type type) when logical.Kind == LogicalKind.Decimal => new DecimalTextValues(type, FactorTo(type), allocator),
            (PhysicalType.Int32 or PhysicalType.Int64, Decimal128Type type) when isNumber || logical.Kind == LogicalKind.Decimal =>
                Fixed<Int128>(FixedConversions.Decimal(physical, width, FactorTo(type))),
            (PhysicalType.FixedLenByteArray, Decimal128Type type) when logical.Kind == LogicalKind.Decimal =>
                Fixed<Int128>(FixedConversions.Decimal(physical, width, FactorTo(type))),
            (PhysicalType.ByteArray or PhysicalType.FixedLenByteArray, BinaryType) => new TextValues(wanted, width, allocator),
            (PhysicalType.ByteArray or PhysicalType.FixedLenByteArray, StringType) when logical.Kind is not (LogicalKind.Decimal or LogicalKind.Float16) => new TextValues(wanted, width, allocator),
            (PhysicalType.ByteArray, DictionaryType { ValueType: StringType or BinaryType, IndexType: Int32Type } type) =>
                new KeptTextValues(type, width, allocator),
            _ => throw new DataEngineXException(
                $"Column '{name}' of {file} is stored as {physical} ({logical.Kind}) and cannot be read as {ArrowTypes.NameOf(wanted)}."),
        };

        bool IsUnsigned() => logical is { Kind: LogicalKind.Integer, IsSigned: false };

        // What fits by the word of the file is cut without a look.
        FixedConversion Whole<TSigned, TUnsigned, TValue>(int bits, bool isSigned)
            where TSigned : unmanaged, System.Numerics.INumber<TSigned>
            where TUnsigned : unmanaged, System.Numerics.INumber<TUnsigned>
            where TValue : unmanaged, System.Numerics.INumber<TValue> =>
            logical.Kind == LogicalKind.Integer && logical.BitWidth <= bits && logical.IsSigned == isSigned ? FixedConversions.Number<TUnsigned, TValue>
            : IsUnsigned() ? FixedConversions.Narrow<TUnsigned, TValue>
            : FixedConversions.Narrow<TSigned, TValue>;

        ColumnValues Fixed<T>(FixedConversion? convert)
            where T : unmanaged =>
            new FixedValues<T>(wanted, physical, width, convert, allocator);

        Int128 FactorTo(Decimal128Type type)
        {
            var stored = logical.Kind == LogicalKind.Decimal ? logical.Scale : 0;
            if (stored > type.Scale)
                throw new DataEngineXException($"Column '{name}' of {file} is stored with {stored} decimals and cannot be read with {type.Scale}.");
            Int128 factor = 1;
            for (var i = stored; i < type.Scale; i++)
                factor *= 10;
            return factor;
        }
    }
}
