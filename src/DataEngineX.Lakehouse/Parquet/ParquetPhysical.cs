using System.Buffers.Binary;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using ArrowField = Apache.Arrow.Field;
using PhysicalType = Parquet.Meta.Type;
using StringType = Apache.Arrow.Types.StringType;
using TimestampType = Apache.Arrow.Types.TimestampType;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Reads the physical values of a column chunk and turns them into the Arrow type wanted.</summary>
internal static class ParquetPhysical
{
    /// <summary>The function that appends a value as it is: one instance for each type, so that it can be recognised.</summary>
    internal static AppendPhysical<T> Same<T>()
        where T : struct =>
        SameOf<T>.Instance;

    internal static ValueTask<DecodedColumn> ReadAsync(
        ParquetRowGroupReader group, DataField field, SchemaElement element, ArrowField wanted, CancellationToken cancellationToken) =>
        (element.Type, wanted.DataType) switch
        {
            (PhysicalType.BOOLEAN, BooleanType) => Read<bool>(group, field, static (b, v) => ((BooleanColumnBuilder)b).Append(v), cancellationToken),
            (PhysicalType.INT32, Int8Type) => Read<int>(group, field, static (b, v) => To(b, (sbyte)v), cancellationToken),
            (PhysicalType.INT32, Int16Type) => Read<int>(group, field, static (b, v) => To(b, (short)v), cancellationToken),
            (PhysicalType.INT32, Int32Type or Date32Type) => Read(group, field, Same<int>(), cancellationToken),
            (PhysicalType.INT32, Int64Type) => Read<int>(group, field, static (b, v) => To(b, (long)v), cancellationToken),
            (PhysicalType.INT32, UInt8Type) => Read<int>(group, field, static (b, v) => To(b, (byte)v), cancellationToken),
            (PhysicalType.INT32, UInt16Type) => Read<int>(group, field, static (b, v) => To(b, (ushort)v), cancellationToken),
            (PhysicalType.INT32, UInt32Type) => Read<int>(group, field, static (b, v) => To(b, (uint)v), cancellationToken),
            (PhysicalType.INT32, DoubleType) => Read<int>(group, field, static (b, v) => To(b, (double)v), cancellationToken),
            (PhysicalType.INT32, Decimal128Type type) => Decimal<int>(group, field, element, type, static v => v, cancellationToken),
            (PhysicalType.INT64, Int64Type) => Read(group, field, Same<long>(), cancellationToken),
            (PhysicalType.INT64, UInt64Type) => Read<long>(group, field, static (b, v) => To(b, (ulong)v), cancellationToken),
            (PhysicalType.INT64, TimestampType) => Timestamp(group, field, element, cancellationToken),
            (PhysicalType.INT64, Decimal128Type type) => Decimal<long>(group, field, element, type, static v => v, cancellationToken),
            (PhysicalType.INT96, TimestampType) => Read<DateTime>(
                group, field, static (b, v) => To(b, (v.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond), cancellationToken),
            (PhysicalType.FLOAT, FloatType) => Read(group, field, Same<float>(), cancellationToken),
            (PhysicalType.FLOAT, DoubleType) => Read<float>(group, field, static (b, v) => To(b, (double)v), cancellationToken),
            (PhysicalType.DOUBLE, DoubleType) => Read(group, field, Same<double>(), cancellationToken),
            (PhysicalType.BYTE_ARRAY or PhysicalType.FIXED_LEN_BYTE_ARRAY, StringType or BinaryType) => Read<ReadOnlyMemory<byte>>(
                group, field, static (b, v) => ((BytesColumnBuilder)b).Append(v.Span), cancellationToken),
            (PhysicalType.BYTE_ARRAY or PhysicalType.FIXED_LEN_BYTE_ARRAY, Decimal128Type type) => Decimal<ReadOnlyMemory<byte>>(
                group, field, element, type, static v => FromBigEndian(v.Span), cancellationToken),
            _ => throw new DataEngineXException(
                $"Column '{wanted.Name}' is stored as {element.Type} and cannot be read as {Expressions.ArrowTypes.NameOf(wanted.DataType)}."),
        };

    /// <summary>The CLR type by which Parquet.Net hands over the values as they are stored.</summary>
    internal static System.Type ClrType(SchemaElement element) => element.Type switch
    {
        PhysicalType.BOOLEAN => typeof(bool),
        PhysicalType.INT32 => typeof(int),
        PhysicalType.INT64 => typeof(long),
        PhysicalType.INT96 => typeof(DateTime),
        PhysicalType.FLOAT => typeof(float),
        PhysicalType.DOUBLE => typeof(double),
        _ => typeof(byte[]),
    };

    /// <summary>The Arrow type of a stored column, or null when it is none we read.</summary>
    internal static IArrowType? ArrowType(SchemaElement element)
    {
        var logical = element.LogicalType;
        if (logical?.DECIMAL is not null || element.ConvertedType == ConvertedType.DECIMAL)
            return new Decimal128Type(element.Precision ?? logical?.DECIMAL?.Precision ?? 38, element.Scale ?? logical?.DECIMAL?.Scale ?? 0);
        return element.Type switch
        {
            PhysicalType.BOOLEAN => BooleanType.Default,
            PhysicalType.INT32 => Int32Of(element),
            PhysicalType.INT64 => Int64Of(element),
            PhysicalType.INT96 => Expressions.ArrowTypes.TimestampUtc,
            PhysicalType.FLOAT => FloatType.Default,
            PhysicalType.DOUBLE => DoubleType.Default,
            PhysicalType.BYTE_ARRAY or PhysicalType.FIXED_LEN_BYTE_ARRAY =>
                logical?.STRING is not null || logical?.ENUM is not null || logical?.JSON is not null
                || element.ConvertedType is ConvertedType.UTF8 or ConvertedType.ENUM or ConvertedType.JSON
                    ? StringType.Default
                    : BinaryType.Default,
            _ => null,
        };
    }

    private static IArrowType Int32Of(SchemaElement element)
    {
        if (element.LogicalType?.DATE is not null || element.ConvertedType == ConvertedType.DATE)
            return Date32Type.Default;
        return (element.LogicalType?.INTEGER?.BitWidth, element.LogicalType?.INTEGER?.IsSigned, element.ConvertedType) switch
        {
            (8, true, _) or (null, _, ConvertedType.INT_8) => Int8Type.Default,
            (16, true, _) or (null, _, ConvertedType.INT_16) => Int16Type.Default,
            (8, false, _) or (null, _, ConvertedType.UINT_8) => UInt8Type.Default,
            (16, false, _) or (null, _, ConvertedType.UINT_16) => UInt16Type.Default,
            (32, false, _) or (null, _, ConvertedType.UINT_32) => UInt32Type.Default,
            _ => Int32Type.Default,
        };
    }

    private static IArrowType Int64Of(SchemaElement element)
    {
        if (element.LogicalType?.TIMESTAMP is { } timestamp)
            return timestamp.IsAdjustedToUTC ? Expressions.ArrowTypes.TimestampUtc : Expressions.ArrowTypes.TimestampLocal;
        return element.ConvertedType switch
        {
            ConvertedType.TIMESTAMP_MILLIS or ConvertedType.TIMESTAMP_MICROS => Expressions.ArrowTypes.TimestampUtc,
            ConvertedType.UINT_64 => UInt64Type.Default,
            _ => element.LogicalType?.INTEGER?.IsSigned == false ? UInt64Type.Default : Int64Type.Default,
        };
    }

    private static ValueTask<DecodedColumn> Timestamp(
        ParquetRowGroupReader group, DataField field, SchemaElement element, CancellationToken cancellationToken)
    {
        var unit = element.LogicalType?.TIMESTAMP?.Unit;
        if (unit?.MILLIS is not null || (unit is null && element.ConvertedType == ConvertedType.TIMESTAMP_MILLIS))
            return Read<long>(group, field, static (b, v) => To(b, checked(v * 1000)), cancellationToken);
        if (unit?.NANOS is not null)
            return Read<long>(group, field, static (b, v) => To(b, v >= 0 ? v / 1000 : -((-v + 999) / 1000)), cancellationToken);
        return Read(group, field, Same<long>(), cancellationToken);
    }

    private static ValueTask<DecodedColumn> Decimal<T>(
        ParquetRowGroupReader group, DataField field, SchemaElement element, Decimal128Type wanted, Func<T, Int128> unscaled,
        CancellationToken cancellationToken)
        where T : struct
    {
        var stored = element.Scale ?? element.LogicalType?.DECIMAL?.Scale ?? 0;
        if (stored > wanted.Scale)
            throw new DataEngineXException($"Column '{field.Name}' is stored with {stored} decimals and cannot be read with {wanted.Scale}.");
        Int128 factor = 1;
        for (var i = stored; i < wanted.Scale; i++)
            factor *= 10;
        return Read<T>(group, field, (b, v) => To(b, checked(unscaled(v) * factor)), cancellationToken);
    }

    private static Int128 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        Span<byte> whole = stackalloc byte[16];
        whole.Fill((bytes[0] & 0x80) != 0 ? (byte)0xFF : (byte)0);
        var kept = bytes.Length > 16 ? bytes[^16..] : bytes;
        kept.CopyTo(whole[(16 - kept.Length)..]);
        return BinaryPrimitives.ReadInt128BigEndian(whole);
    }

    private static ValueTask<DecodedColumn> Read<T>(
        ParquetRowGroupReader group, DataField field, AppendPhysical<T> append, CancellationToken cancellationToken)
        where T : struct =>
        PhysicalColumn<T>.ReadAsync(group, field, append, cancellationToken);

    private static void To<T>(ColumnBuilder builder, T value)
        where T : struct =>
        ((FixedColumnBuilder<T>)builder).Append(value);

    private static class SameOf<T>
        where T : struct
    {
        internal static readonly AppendPhysical<T> Instance = static (builder, value) => To(builder, value);
    }
}
