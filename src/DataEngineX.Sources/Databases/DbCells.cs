using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>Which column collects which type.</summary>
internal static class DbCells
{
    internal static DbColumn Create(Field field, string table) => field.DataType switch
    {
        BooleanType => new BooleanDbColumn(field),
        Int8Type => Whole<sbyte>(field),
        Int16Type => Whole<short>(field),
        Int32Type => Whole<int>(field),
        Int64Type => Whole<long>(field),
        UInt8Type => Whole<byte>(field),
        UInt16Type => Whole<ushort>(field),
        UInt32Type => Whole<uint>(field),
        UInt64Type => new FixedDbColumn<ulong>(field, DbReads.Unsigned),
        FloatType => new FixedDbColumn<float>(field, type => DbReads.Real(type) is { } read ? (r, i) => (float)read(r, i) : null),
        DoubleType => new FixedDbColumn<double>(field, DbReads.Real),
        Decimal128Type d => new FixedDbColumn<Int128>(field, type => DbReads.Decimal(type) is { } read ? (r, i) => Scaled(read(r, i), d) : null),
        StringType or BinaryType => new BytesDbColumn(field),
        Date32Type => new FixedDbColumn<int>(field, DbReads.Day),
        TimestampType { Unit: TimeUnit.Microsecond } => new FixedDbColumn<long>(field, DbReads.Instant),
        Time64Type { Unit: TimeUnit.Microsecond } or DurationType { Unit: TimeUnit.Microsecond } => new FixedDbColumn<long>(field, DbReads.Span),
        _ => throw new PlanException($"{table}: the column '{field.Name}' cannot be read from a database as {ArrowTypes.NameOf(field.DataType)}.", "scan", field.Name),
    };

    internal static MalformedDataException Misfit(DbDataReader row, int ordinal, Field field, Exception? inner)
    {
        string? value;
        try
        {
            value = Convert.ToString(row.GetValue(ordinal), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException)
        {
            value = "a value that the provider cannot give";
        }

        return new MalformedDataException(
            $"the column '{field.Name}' holds '{value}' ({row.GetFieldType(ordinal).Name}), which is no {ArrowTypes.NameOf(field.DataType)}", field.Name, inner);
    }

    private static FixedDbColumn<T> Whole<T>(Field field)
        where T : struct, IBinaryInteger<T> => new(field, type => DbReads.Whole(type) is { } read ? (r, i) => T.CreateChecked(read(r, i)) : null);

    /// <summary>The decimal as a whole number of its smallest unit; digits that do not fit are an error, not rounded away.</summary>
    private static Int128 Scaled(decimal value, Decimal128Type type)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var whole = ((Int128)(uint)parts[2] << 64) | ((Int128)(uint)parts[1] << 32) | (uint)parts[0];
        for (var scale = (parts[3] >> 16) & 0xFF; scale != type.Scale; scale += scale < type.Scale ? 1 : -1)
        {
            var (quotient, rest) = Int128.DivRem(whole, 10);
            if (scale > type.Scale && rest != 0)
                throw new OverflowException();
            whole = scale < type.Scale ? checked(whole * 10) : quotient;
        }

        var most = Int128.One;
        for (var i = 0; i < type.Precision; i++)
            most *= 10;
        return whole < most ? (parts[3] < 0 ? -whole : whole) : throw new OverflowException();
    }
}
