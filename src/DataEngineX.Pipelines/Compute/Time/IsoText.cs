using System.Globalization;

namespace DataEngineX.Compute;

/// <summary>Reads and writes dates and instants as ISO 8601.</summary>
internal static class IsoText
{
    /// <summary>Reads <c>yyyy-MM-dd</c> as days since 1970-01-01.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out long day, out int length)
    {
        day = 0;
        length = 10;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int date)
            || year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = Calendar.Days(year, month, date);
        return true;
    }

    /// <summary>Reads a date with an optional time and offset, in units of which there are so many a second.</summary>
    public static bool TryReadInstant(ReadOnlySpan<byte> text, long perSecond, out long instant)
    {
        instant = 0;
        if (!TryReadDate(text, out long day, out int at))
        {
            return false;
        }

        long seconds = day * 86_400;
        long fraction = 0;
        ReadOnlySpan<byte> rest = text[at..];
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' ')
                || !TryReadTime(rest[1..], perSecond, out int ofDay, out fraction, out int used)
                || !TryReadOffset(rest[(1 + used)..], out int offset))
            {
                return false;
            }

            seconds += ofDay - offset;
        }

        Int128 wide = ((Int128)seconds * perSecond) + fraction;
        instant = (long)wide;
        return instant == wide;
    }

    public static int WriteDate(long day, Span<byte> target)
    {
        (long year, int month, int date) = Calendar.Civil(day);
        int at = 0;
        if (year < 0)
        {
            target[at++] = (byte)'-';
        }

        Math.Abs(year).TryFormat(target[at..], out int written, "0000", CultureInfo.InvariantCulture);
        at += written;
        target[at++] = (byte)'-';
        at += WriteTwo(month, target[at..]);
        target[at++] = (byte)'-';
        return at + WriteTwo(date, target[at..]);
    }

    public static int WriteInstant(long instant, long perSecond, bool zoned, Span<byte> target)
    {
        long seconds = Calendar.FloorDiv(instant, perSecond);
        long fraction = instant - (seconds * perSecond);
        long day = Calendar.FloorDiv(seconds, 86_400);
        int ofDay = (int)(seconds - (day * 86_400));
        int at = WriteDate(day, target);
        target[at++] = (byte)'T';
        at += WriteTime(ofDay, fraction, perSecond, target[at..]);
        if (zoned)
        {
            target[at++] = (byte)'Z';
        }

        return at;
    }

    /// <summary>Writes seconds of a day and a fraction as <c>HH:mm:ss</c>, with as many digits after it as are needed.</summary>
    public static int WriteTime(int ofDay, long fraction, long perSecond, Span<byte> target)
    {
        int at = WriteTwo(ofDay / 3600, target);
        target[at++] = (byte)':';
        at += WriteTwo(ofDay / 60 % 60, target[at..]);
        target[at++] = (byte)':';
        at += WriteTwo(ofDay % 60, target[at..]);
        if (fraction == 0)
        {
            return at;
        }

        target[at++] = (byte)'.';
        for (long unit = perSecond / 10; fraction != 0; unit /= 10)
        {
            target[at++] = (byte)('0' + (fraction / unit));
            fraction %= unit;
        }

        return at;
    }

    /// <summary>Reads <c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.f</c> from the start of a text, and tells how much it used.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> text, long perSecond, out int ofDay, out long fraction, out int used)
    {
        (ofDay, fraction, used) = (0, 0, 5);
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        ofDay = (hour * 3600) + (minute * 60);
        if (text.Length == 5 || text[5] != ':')
        {
            return true;
        }

        if (text.Length < 8 || !TryDigits(text[6..8], out int second) || second > 59)
        {
            return false;
        }

        ofDay += second;
        used = 8;
        if (text.Length == 8 || text[8] != '.')
        {
            return true;
        }

        used = 9;
        for (long unit = perSecond / 10; used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9'; unit /= 10)
        {
            fraction += (text[used++] - '0') * unit;
        }

        return used > 9;
    }

    /// <summary>Reads nothing, <c>Z</c>, or an offset such as <c>+02:00</c>, in seconds.</summary>
    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':')
            || !TryDigits(text[1..3], out int hours))
        {
            return false;
        }

        int minutes = 0;
        if ((text.Length > 3 && !TryDigits(text[^2..], out minutes)) || hours > 18 || minutes > 59)
        {
            return false;
        }

        offset = ((hours * 3600) + (minutes * 60)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }

    private static int WriteTwo(int value, Span<byte> target)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
        return 2;
    }
}
