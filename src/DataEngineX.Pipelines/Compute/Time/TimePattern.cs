using System.Globalization;
using System.Text;

namespace DataEngineX.Compute;

/// <summary>A custom date and time format of .NET with invariant names, read once, so that rows are parsed and written as bytes.</summary>
internal sealed class TimePattern
{
    private readonly Token[] _tokens;

    private TimePattern(Token[] tokens) => _tokens = tokens;

    /// <summary>Whether the text holds an offset from UTC.</summary>
    public bool HasOffset => _tokens.Any(t => t.Kind is 'z' or 'K');

    /// <summary>Whether the text holds a time of day.</summary>
    public bool HasClock => _tokens.Any(t => t.Kind is 'H' or 'h' or 'm' or 's' or 'f' or 't');

    /// <summary>Whether the text holds a day.</summary>
    public bool HasDay => _tokens.Any(t => t.Kind is 'y' or 'M' or 'd');

    /// <summary>Digits after the second.</summary>
    public int FractionDigits => _tokens.Where(t => t.Kind == 'f').Select(t => t.Count).DefaultIfEmpty(0).Max();

    /// <summary>Reads a format.</summary>
    /// <exception cref="FormatException">It names what has no meaning.</exception>
    public static TimePattern Parse(string format)
    {
        var tokens = new List<Token>();
        for (int i = 0; i < format.Length;)
        {
            char c = format[i];
            if (c is '\'' or '"')
            {
                int end = format.IndexOf(c, i + 1);
                tokens.Add(end < 0 ? throw new FormatException($"the quote {c} is not closed") : Token.Text(format[(i + 1)..end]));
                i = end + 1;
            }
            else if (c == '\\')
            {
                tokens.Add(i + 1 < format.Length ? Token.Text(format[(i + 1)..(i + 2)]) : throw new FormatException("it ends with a backslash"));
                i += 2;
            }
            else if (char.IsAsciiLetter(c) && c != 'T' && c != 'Z')
            {
                int count = 1;
                while (i + count < format.Length && format[i + count] == c)
                {
                    count++;
                }

                tokens.Add(Specifier(c, count));
                i += count;
            }
            else
            {
                tokens.Add(Token.Text(char.IsSurrogate(c) ? format.Substring(i, 2) : c.ToString()));
                i += char.IsSurrogate(c) ? 2 : 1;
            }
        }

        return tokens.Count > 0 ? new TimePattern([.. tokens]) : throw new FormatException("it is empty");
    }

    /// <summary>Reads a whole text.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out ClockFields fields)
    {
        fields = new ClockFields { Year = 1970, Month = 1, Day = 1, DayOfWeek = -1, HalfDay = -1 };
        ReadOnlySpan<byte> rest = text;
        foreach (Token token in _tokens)
        {
            int used = Read(token, rest, ref fields);
            if (used < 0)
            {
                return false;
            }

            rest = rest[used..];
        }

        return rest.IsEmpty && fields.Complete();
    }

    /// <summary>Writes what a moment shows and gives the number of bytes.</summary>
    public int Write(long day, long nanosecondOfDay, bool zoned, Span<byte> target)
    {
        (long year, int month, int date) = Calendar.Civil(day);
        long second = nanosecondOfDay / 1_000_000_000;
        int hour = (int)(second / 3600);
        int at = 0;
        foreach (Token token in _tokens)
        {
            Span<byte> room = target[at..];
            at += (token.Kind, token.Count) switch
            {
                ('\0', _) => Copy(token.Bytes, room),
                ('y', 2) => Digits(Calendar.FloorMod(year, 100), 2, room),
                ('y', _) => Digits(year, token.Count, room),
                ('M', >= 3) => Copy(Names.Months[month - 1].AsSpan(0, token.Count == 3 ? 3 : Names.Months[month - 1].Length), room),
                ('M', _) => Digits(month, token.Count, room),
                ('d', >= 3) => Copy(DayName(day).AsSpan(0, token.Count == 3 ? 3 : DayName(day).Length), room),
                ('d', _) => Digits(date, token.Count, room),
                ('H', _) => Digits(hour, token.Count, room),
                ('h', _) => Digits((hour + 11) % 12 + 1, token.Count, room),
                ('m', _) => Digits(second / 60 % 60, token.Count, room),
                ('s', _) => Digits(second % 60, token.Count, room),
                ('f', _) => Digits(nanosecondOfDay % 1_000_000_000 / Power(9 - token.Count), token.Count, room),
                ('t', _) => Copy((hour < 12 ? "AM"u8 : "PM"u8)[..token.Count], room),
                ('K', _) => zoned ? Copy("Z"u8, room) : 0,
                _ => Copy("+00:00"u8[..(token.Count == 3 ? 6 : 3)], room),
            };
        }

        return at;
    }

    /// <summary>More bytes than any moment takes.</summary>
    public int MostBytes => _tokens.Sum(t => t.Kind == '\0' ? t.Bytes.Length : Math.Max(t.Count, 20));

    private static Token Specifier(char kind, int count)
    {
        (int least, int most) = kind switch
        {
            'y' => (2, 4),
            'M' or 'd' => (1, 4),
            'H' or 'h' or 'm' or 's' => (1, 2),
            'f' => (1, 9),
            't' => (1, 2),
            'z' => (2, 3),
            'K' => (1, 1),
            _ => (1, 0),
        };
        return count >= least && count <= most && (kind, count) != ('y', 3)
            ? new Token(kind, count, [])
            : throw new FormatException($"'{new string(kind, count)}' has no meaning; text is written in quotes");
    }

    private static int Read(Token token, ReadOnlySpan<byte> text, ref ClockFields fields)
    {
        int value;
        int used;
        switch (token.Kind, token.Count)
        {
            case ('\0', _):
                return text.StartsWith(token.Bytes) ? token.Bytes.Length : -1;
            case ('M', >= 3):
                used = ReadName(Names.Months, token.Count == 3, text, out value);
                fields.Month = value + 1;
                return used;
            case ('d', >= 3):
                used = ReadName(Names.Days, token.Count == 3, text, out fields.DayOfWeek);
                return used;
            case ('t', _):
                bool morning = text.Length >= token.Count && (text[0] | 0x20) == 'a';
                fields.HalfDay = morning ? 0 : 1;
                bool known = text.Length >= token.Count && (text[0] | 0x20) is 'a' or 'p' && (token.Count == 1 || (text[1] | 0x20) == 'm');
                return known ? token.Count : -1;
            case ('K', _):
                return text.IsEmpty ? 0 : (text[0] | 0x20) == 'z' ? 1 : ReadOffset(3, text, out fields.Offset);
            case ('z', _):
                return ReadOffset(token.Count, text, out fields.Offset);
        }

        bool single = token.Count == 1 && token.Kind != 'f';
        used = ReadDigits(single ? 1 : token.Count, single ? 2 : token.Count, text, out value);
        switch (token.Kind)
        {
            case 'y':
                fields.Year = token.Count == 4 ? value : value + (value < 50 ? 2000 : 1900);
                break;
            case 'M':
                fields.Month = value;
                break;
            case 'd':
                fields.Day = value;
                break;
            case 'H':
                fields.Hour = value;
                break;
            case 'h':
                fields.Hour = value is >= 1 and <= 12 ? value % 12 : -1;
                break;
            case 'm':
                fields.Minute = value;
                break;
            case 's':
                fields.Second = value;
                break;
            default:
                fields.Nanosecond = value * (int)Power(9 - token.Count);
                break;
        }

        return used;
    }

    private static int ReadDigits(int least, int most, ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        int used = 0;
        while (used < most && used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (text[used++] - '0');
        }

        return used >= least ? used : -1;
    }

    private static int ReadName(byte[][] names, bool isShort, ReadOnlySpan<byte> text, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            ReadOnlySpan<byte> name = isShort ? names[index].AsSpan(0, 3) : names[index];
            if (text.Length >= name.Length && Ascii.EqualsIgnoreCase(text[..name.Length], name))
            {
                return name.Length;
            }
        }

        return -1;
    }

    private static int ReadOffset(int count, ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        int length = count == 3 ? 6 : 3;
        int minutes = 0;
        if (text.Length < length || text[0] is not ((byte)'+' or (byte)'-') || ReadDigits(2, 2, text[1..], out int hours) < 0
            || (count == 3 && (text[3] != ':' || ReadDigits(2, 2, text[4..], out minutes) < 0)) || hours > 18 || minutes > 59)
        {
            return -1;
        }

        offset = ((hours * 3600) + (minutes * 60)) * (text[0] == '-' ? -1 : 1);
        return length;
    }

    private static byte[] DayName(long day) => Names.Days[DayOfWeekPart.Of(day)];

    private static long Power(int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        bytes.CopyTo(target);
        return bytes.Length;
    }

    private static int Digits(long value, int least, Span<byte> target)
    {
        value.TryFormat(target, out int written, least switch { 1 => "0", 2 => "00", 4 => "0000", _ => "D" + least }, CultureInfo.InvariantCulture);
        return written;
    }

    private readonly record struct Token(char Kind, int Count, byte[] Bytes)
    {
        public static Token Text(string text) => new('\0', 0, Encoding.UTF8.GetBytes(text));
    }

    private static class Names
    {
        public static readonly byte[][] Months = [.. DateTimeFormatInfo.InvariantInfo.MonthNames.Take(12).Select(Encoding.UTF8.GetBytes)];
        public static readonly byte[][] Days = [.. DateTimeFormatInfo.InvariantInfo.DayNames.Select(Encoding.UTF8.GetBytes)];
    }
}
