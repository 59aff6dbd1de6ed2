using System.Globalization;
using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Turns the text of one field into a value of a column. The whole text must be the value; only surrounding blanks are forgiven.</summary>
internal static class CsvValues
{
    internal delegate bool Append(ReadOnlySpan<byte> text);

    private delegate bool Parse<T>(ReadOnlySpan<byte> text, out T value);

    /// <summary>Makes the function that parses a field and appends it, or null when the type has no text form here.</summary>
    internal static Append? For(ColumnBuilder builder) => builder.Type switch
    {
        StringType => text => AppendText(builder, text),
        BooleanType => text => AppendBoolean(builder, text),
        Int8Type => Fixed<sbyte>(builder, TryInteger),
        Int16Type => Fixed<short>(builder, TryInteger),
        Int32Type => Fixed<int>(builder, TryInteger),
        Int64Type => Fixed<long>(builder, TryInteger),
        UInt8Type => Fixed<byte>(builder, TryInteger),
        UInt16Type => Fixed<ushort>(builder, TryInteger),
        UInt32Type => Fixed<uint>(builder, TryInteger),
        UInt64Type => Fixed<ulong>(builder, TryInteger),
        FloatType => Fixed<float>(builder, TryFloat),
        DoubleType => Fixed<double>(builder, TryFloat),
        Date32Type => Fixed<int>(builder, TryDate),
        TimestampType type => Fixed(builder, (ReadOnlySpan<byte> text, out long value) => TryTimestamp(text, type, out value)),
        Decimal128Type type => Fixed(builder, (ReadOnlySpan<byte> text, out Int128 value) => TryDecimal(text, type, out value)),
        _ => null,
    };

    /// <summary>Whether fields can be read as values of a type.</summary>
    internal static bool Supports(IArrowType type) => ColumnBuilder.Supports(type) && For(ColumnBuilder.Create(type)) is not null;

    private static Append Fixed<T>(ColumnBuilder builder, Parse<T> parse)
        where T : struct
    {
        var target = (FixedColumnBuilder<T>)builder;
        return text =>
        {
            if (!parse(text.Trim(" \t"u8), out var value))
                return false;
            target.Append(value);
            return true;
        };
    }

    private static bool AppendText(ColumnBuilder builder, ReadOnlySpan<byte> text)
    {
        ((BytesColumnBuilder)builder).Append(text);
        return true;
    }

    private static bool AppendBoolean(ColumnBuilder builder, ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t"u8);
        bool? value = trimmed.Length switch
        {
            1 when trimmed[0] == (byte)'1' => true,
            1 when trimmed[0] == (byte)'0' => false,
            4 when Ascii.EqualsIgnoreCase(trimmed, "true"u8) => true,
            5 when Ascii.EqualsIgnoreCase(trimmed, "false"u8) => false,
            _ => null,
        };
        if (value is not { } known)
            return false;
        ((BooleanColumnBuilder)builder).Append(known);
        return true;
    }

    private static bool TryInteger<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    // 'NaN' and 'Infinity' are what broken instruments write: they are no numbers here.
    private static bool TryFloat<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, System.Numerics.IFloatingPoint<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && T.IsFinite(value);

    private static bool TryDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (!TryCalendarDay(text, out var date))
            return false;
        days = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return true;
    }

    private static bool TryCalendarDay(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != text[7] || text[4] is not ((byte)'-' or (byte)'/'))
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>ISO 8601: a day, or a day and a time to the microsecond, with an offset or 'Z' only where the column has a zone.</summary>
    private static bool TryTimestamp(ReadOnlySpan<byte> text, TimestampType type, out long value)
    {
        value = 0;
        if (text.Length < 10 || !TryCalendarDay(text[..10], out var day))
            return false;
        var ticks = day.ToDateTime(TimeOnly.MinValue).Ticks - DateTime.UnixEpoch.Ticks;
        var rest = text[10..];
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)' ') || !TryTime(rest[1..], out var time, out var used))
                return false;
            ticks += time;
            rest = rest[(1 + used)..];
            if (!rest.IsEmpty)
            {
                if (type.Timezone is null or "" || !TryOffset(rest, out var offset))
                    return false;
                ticks -= offset;
            }
        }

        value = type.Unit switch
        {
            TimeUnit.Second => FloorDivide(ticks, TimeSpan.TicksPerSecond),
            TimeUnit.Millisecond => FloorDivide(ticks, TimeSpan.TicksPerMillisecond),
            TimeUnit.Microsecond => FloorDivide(ticks, TimeSpan.TicksPerMicrosecond),
            _ => ticks * 100,
        };
        return true;
    }

    private static long FloorDivide(long ticks, long unit) => ticks >= 0 ? ticks / unit : -((-ticks + unit - 1) / unit);

    private static bool TryTime(ReadOnlySpan<byte> text, out long ticks, out int used)
    {
        ticks = 0;
        used = 5;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length == 5 || text[5] != ':')
            return true;
        if (text.Length < 8 || !TryDigits(text[6..8], out var second) || second > 59)
            return false;
        ticks += second * TimeSpan.TicksPerSecond;
        used = 8;
        if (text.Length == 8 || text[8] is not ((byte)'.' or (byte)','))
            return true;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (used = 9; used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9'; used++, unit /= 10)
            ticks += (text[used] - '0') * unit;
        return used > 9;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8))
            return true;
        var colon = text.Length == 6 && text[3] == ':';
        if (text[0] is not ((byte)'+' or (byte)'-') || !(colon || text.Length is 3 or 5))
            return false;
        var minute = 0;
        if (!TryDigits(text[1..3], out var hour) || hour > 18 || (text.Length > 3 && !TryDigits(text[(colon ? 4 : 3)..], out minute)) || minute > 59)
            return false;
        ticks = ((hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (b - '0');
        }

        return true;
    }

    private static bool TryDecimal(ReadOnlySpan<byte> text, Decimal128Type type, out Int128 value)
    {
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int digits = 0, fraction = -1, seen = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && fraction < 0)
            {
                fraction = 0;
                continue;
            }

            if (text[at] is < (byte)'0' or > (byte)'9')
                return false;
            seen++;

            // Zeros beyond the scale change nothing; any other digit there would be lost.
            if (fraction >= type.Scale)
            {
                if (text[at] != '0')
                    return false;
                continue;
            }

            value = (value * 10) + (text[at] - '0');
            digits += value != 0 ? 1 : 0;
            if (fraction >= 0)
                fraction++;
            if (digits > type.Precision)
                return false;
        }

        for (var i = Math.Max(fraction, 0); i < type.Scale; i++)
        {
            value *= 10;
            digits += value != 0 ? 1 : 0;
            if (digits > type.Precision)
                return false;
        }

        value = negative ? -value : value;
        return seen > 0;
    }
}
