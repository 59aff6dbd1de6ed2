using System.Globalization;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>Cells of columns as CLR values, for providers that take one value after the other.</summary>
internal static class DatabaseCells
{
    private const long MicrosecondsOfDay = 86_400_000_000;
    private static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    internal static Func<int, object> Of(IArrowArray column, string name) => column switch
    {
        BooleanArray flags => row => flags.GetValue(row)!.Value,
        Int8Array numbers => row => (short)numbers.Values[row],
        Int16Array numbers => row => numbers.Values[row],
        Int32Array numbers => row => numbers.Values[row],
        Int64Array numbers => row => numbers.Values[row],
        UInt8Array numbers => row => (short)numbers.Values[row],
        UInt16Array numbers => row => (int)numbers.Values[row],
        UInt32Array numbers => row => (long)numbers.Values[row],
        UInt64Array numbers => row => (decimal)numbers.Values[row],
        FloatArray numbers => row => numbers.Values[row],
        DoubleArray numbers => row => numbers.Values[row],
        Decimal128Array numbers => row => decimal.Parse(DecimalText(numbers, row), NumberStyles.Number, CultureInfo.InvariantCulture),
        StringArray texts => row => texts.GetString(row),
        BinaryArray bytes => row => bytes.GetBytes(row).ToArray(),
        Date32Array days => row => Day(days.Values[row], name),
        TimestampArray { Data.DataType: TimestampType { Timezone: null or "" } } times => row => Moment(times.Values[row], name),
        TimestampArray times => row => new DateTimeOffset(Moment(times.Values[row], name), TimeSpan.Zero),
        Time64Array times => row => new TimeOnly(times.Values[row] * TimeSpan.TicksPerMicrosecond),
        DurationArray spans => row => TimeSpan.FromMicroseconds(spans.Values[row]),
        _ => throw new PlanException($"The column '{name}' of type {ArrowTypes.NameOf(column.Data.DataType)} is not written to databases.", column: name),
    };

    /// <summary>The decimal with all digits of its scale.</summary>
    internal static string DecimalText(Decimal128Array column, int row)
    {
        var value = MemoryMarshal.Cast<byte, Int128>(column.ValueBuffer.Span)[column.Offset + row];
        var digits = (value < 0 ? -value : value).ToString(CultureInfo.InvariantCulture).PadLeft(column.Scale + 1, '0');
        var text = column.Scale == 0 ? digits : $"{digits[..^column.Scale]}.{digits[^column.Scale..]}";
        return value < 0 ? "-" + text : text;
    }

    /// <summary>A date from days since 1970.</summary>
    internal static DateOnly Day(int days, string column)
    {
        var number = (long)days + FirstDay;
        return number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw Beyond(column);
    }

    /// <summary>A time from microseconds since 1970.</summary>
    internal static DateTime Moment(long microseconds, string column)
    {
        var days = Math.DivRem(microseconds, MicrosecondsOfDay).Quotient + FirstDay;
        return days > DateOnly.MinValue.DayNumber && days < DateOnly.MaxValue.DayNumber + 1
            ? new DateTime(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified)
            : throw Beyond(column);
    }

    private static DataEngineXException Beyond(string column) => new($"The column '{column}' has a time beyond the years 1 to 9999, which the database cannot take.");
}
