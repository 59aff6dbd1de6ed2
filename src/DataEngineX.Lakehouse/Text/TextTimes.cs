using System.Globalization;
using System.Text;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Days, times and instants written as text: ISO 8601, or .NET custom formats.</summary>
internal static class TextTimes
{
    private const int MostChars = 128;
    private const long SecondsPerDay = 86_400;
    private const DateTimeStyles Exact = DateTimeStyles.AssumeUniversal;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A day as <c>yyyy-MM-dd</c> or <c>yyyy/MM/dd</c>, counted from 1970-01-01.</summary>
    internal static bool TryDay(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length != 10 || text[4] != text[7] || text[4] is not ((byte)'-' or (byte)'/'))
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = new DateOnly(year, month, day).DayNumber - EpochDay;
        return true;
    }

    internal static bool TryDay(ReadOnlySpan<byte> text, IReadOnlyList<string> formats, out int days)
    {
        if (formats.Count == 0)
            return TryDay(text, out days);
        Span<char> chars = stackalloc char[MostChars];
        days = 0;
        if (text.Length > chars.Length)
            return false;
        chars = chars[..Encoding.UTF8.GetChars(text, chars)];
        foreach (var format in formats)
        {
            if (!DateOnly.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                continue;
            days = day.DayNumber - EpochDay;
            return true;
        }

        return false;
    }

    /// <summary>A time of day to the nanosecond, such as <c>23:59</c> or <c>23:59:59.123</c>; all of the text.</summary>
    internal static bool TryTimeOfDay(ReadOnlySpan<byte> text, TimeUnit unit, out long value)
    {
        var isTime = TryTime(text, out var seconds, out var nanos, out var used) && used == text.Length;
        return TryCount(seconds, nanos, unit, out value) && isTime;
    }

    /// <summary>A day, or a day and a time, with an offset or 'Z' only where the column has a zone.</summary>
    internal static bool TryTimestamp(ReadOnlySpan<byte> text, TimestampType type, out long value)
    {
        value = 0;
        if (text.Length < 10 || !TryDay(text[..10], out var days))
            return false;
        var seconds = days * SecondsPerDay;
        var nanos = 0;
        var rest = text[10..];
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryTime(rest[1..], out var time, out nanos, out var used))
                return false;
            seconds += time;
            rest = rest[(1 + used)..];
            if (!rest.IsEmpty)
            {
                if (type.Timezone is null or "" || !TryOffset(rest, out var offset))
                    return false;
                seconds -= offset;
            }
        }

        return TryCount(seconds, nanos, type.Unit, out value);
    }

    internal static bool TryTimestamp(ReadOnlySpan<byte> text, TimestampType type, IReadOnlyList<string> formats, out long value)
    {
        if (formats.Count == 0)
            return TryTimestamp(text, type, out value);
        Span<char> chars = stackalloc char[MostChars];
        value = 0;
        if (text.Length > chars.Length)
            return false;
        chars = chars[..Encoding.UTF8.GetChars(text, chars)];
        foreach (var format in formats)
        {
            if (!DateTimeOffset.TryParseExact(chars, format, CultureInfo.InvariantCulture, Exact, out var instant))
                continue;

            // A column without zone has clock times: an offset that would move them is not dropped in silence.
            if (type.Timezone is null or "" && instant.Offset != TimeSpan.Zero)
                continue;
            var ticks = instant.UtcTicks - DateTime.UnixEpoch.Ticks;
            var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var left);
            seconds -= left < 0 ? 1 : 0;
            left += left < 0 ? TimeSpan.TicksPerSecond : 0;
            return TryCount(seconds, (int)left * 100, type.Unit, out value);
        }

        return false;
    }

    /// <summary>Counts units from the epoch, cut off towards the past; false when a nanosecond count does not fit.</summary>
    private static bool TryCount(long seconds, int nanos, TimeUnit unit, out long value)
    {
        value = unit switch
        {
            TimeUnit.Second => seconds,
            TimeUnit.Millisecond => (seconds * 1_000) + (nanos / 1_000_000),
            TimeUnit.Microsecond => (seconds * 1_000_000) + (nanos / 1_000),
            _ => unchecked((seconds * 1_000_000_000) + nanos),
        };
        return unit != TimeUnit.Nanosecond || Math.Abs(seconds) < long.MaxValue / 1_000_000_000;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out int seconds, out int nanos, out int used)
    {
        seconds = nanos = 0;
        used = 5;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        seconds = (hour * 3600) + (minute * 60);
        if (text.Length == 5 || text[5] != ':')
            return true;
        if (text.Length < 8 || !TryDigits(text[6..8], out var second) || second > 59)
            return false;
        seconds += second;
        used = 8;
        if (text.Length == 8 || text[8] is not ((byte)'.' or (byte)','))
            return true;
        var unit = 100_000_000;
        for (used = 9; used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9'; used++, unit /= 10)
            nanos += (text[used] - '0') * unit;
        return used > 9;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8))
            return true;
        var colon = text.Length == 6 && text[3] == ':';
        if (text[0] is not ((byte)'+' or (byte)'-') || !(colon || text.Length is 3 or 5))
            return false;
        var minute = 0;
        if (!TryDigits(text[1..3], out var hour) || hour > 18 || (text.Length > 3 && !TryDigits(text[(colon ? 4 : 3)..], out minute)) || minute > 59)
            return false;
        seconds = ((hour * 3600) + (minute * 60)) * (text[0] == '-' ? -1 : 1);
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
}
