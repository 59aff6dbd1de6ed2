using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>The text forms of values that are not texts.</summary>
internal static class CsvCells
{
    internal delegate int Write(Apache.Arrow.Array column, int row, Span<byte> destination);

    internal static Write For(Field field) => field.DataType switch
    {
        StringType => static (_, _, _) => 0,
        BooleanType => static (column, row, to) => Copy(((BooleanArray)column).GetValue(row)!.Value ? "true"u8 : "false"u8, to),
        Int8Type => Number<sbyte>,
        Int16Type => Number<short>,
        Int32Type => Number<int>,
        Int64Type => Number<long>,
        UInt8Type => Number<byte>,
        UInt16Type => Number<ushort>,
        UInt32Type => Number<uint>,
        UInt64Type => Number<ulong>,
        FloatType => Number<float>,
        DoubleType => Number<double>,
        Date32Type => static (column, row, to) =>
            Format(DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(((Date32Array)column).Values[row]), "yyyy-MM-dd", to),
        TimestampType type => (column, row, to) => Timestamp(type, ((TimestampArray)column).Values[row], to),
        Decimal128Type => static (column, row, to) => Copy(System.Text.Encoding.ASCII.GetBytes(((Decimal128Array)column).GetString(row)), to),
        _ => throw new ArgumentException(
            $"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be written as CSV; convert it to utf8 first."),
    };

    private static int Number<T>(Apache.Arrow.Array column, int row, Span<byte> to)
        where T : struct, IUtf8SpanFormattable, IEquatable<T> =>
        Format(((PrimitiveArray<T>)column).Values[row], default, to);

    private static int Timestamp(TimestampType type, long value, Span<byte> to)
    {
        var ticks = type.Unit switch
        {
            TimeUnit.Second => value * TimeSpan.TicksPerSecond,
            TimeUnit.Millisecond => value * TimeSpan.TicksPerMillisecond,
            TimeUnit.Microsecond => value * TimeSpan.TicksPerMicrosecond,
            _ => value / 100,
        };
        var local = type.Timezone is null or "";
        return Format(DateTime.UnixEpoch.AddTicks(ticks), local ? "yyyy-MM-ddTHH:mm:ss.ffffff" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", to);
    }

    private static int Format<T>(T value, ReadOnlySpan<char> format, Span<byte> to)
        where T : IUtf8SpanFormattable =>
        value.TryFormat(to, out var written, format, CultureInfo.InvariantCulture)
            ? written
            : throw new InvalidOperationException($"A value of type {typeof(T).Name} takes more than {to.Length} bytes.");

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
