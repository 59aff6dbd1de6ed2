using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Tells what a text looks like.</summary>
internal static class SemanticTypes
{
    public const int Count = (int)SemanticType.IpAddress + 1;
    private const int MostJson = 1 << 16;
    private static readonly SearchValues<byte> Local =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-"u8);

    private static readonly SearchValues<byte> Domain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    /// <param name="text">A text with no space at either end; not empty.</param>
    public static SemanticType Of(ReadOnlySpan<byte> text)
    {
        var first = text[0];
        if (first is (byte)'{' or (byte)'[')
            return IsJson(text) ? SemanticType.Json : SemanticType.Text;
        if (text.Length == 36 && text[8] == '-' && IsUuid(text))
            return SemanticType.Uuid;
        if (first is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' && OfDigits(text) is { } number)
            return number;
        if (text.Length is >= 2 and <= 5 && IsBoolean(text))
            return SemanticType.Boolean;
        if (IsUrl(text))
            return SemanticType.Url;
        return IsEmail(text) ? SemanticType.Email : SemanticType.Text;
    }

    private static SemanticType? OfDigits(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 10 && text[4] == '-' && text[7] == '-' && IsDate(text[..10]))
            return text.Length == 10 ? SemanticType.Date : IsTime(text[10..]) ? SemanticType.Timestamp : null;
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (digits.IsEmpty)
            return null;
        if (!digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return digits.Length == 1 || digits[0] != '0' ? SemanticType.Integer : null;
        if (IsIpAddress(text))
            return SemanticType.IpAddress;
        return digits[^1] is >= (byte)'0' and <= (byte)'9' && (digits[0] != '0' || digits[1] is (byte)'.' or (byte)'e' or (byte)'E')
            && Utf8Parser.TryParse(digits, out double value, out var used) && used == digits.Length && double.IsFinite(value)
            ? SemanticType.Decimal
            : null;
    }

    private static bool IsDate(ReadOnlySpan<byte> text) =>
        Number(text[..4]) is { } year && Number(text[5..7]) is { } month && Number(text[8..]) is { } day
        && year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>What follows the day: T or a space, hours and minutes, and perhaps seconds, a fraction, Z or an offset.</summary>
    private static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)' ') || text[3] != ':' || Number(text[1..3]) is not <= 23 || Number(text[4..6]) is not <= 59)
            return false;
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':' && Number(text[1..3]) is <= 60)
            text = text[3..];
        if (text.Length >= 2 && text[0] is (byte)'.' or (byte)',')
        {
            var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return text.IsEmpty || text is [(byte)'Z']
            || (text[0] is (byte)'+' or (byte)'-' && text.Length is 3 or 5 or 6 && Number(text[1..3]) is <= 14 && Number(text[^2..]) is <= 59);
    }

    private static int? Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return null;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private static bool IsIpAddress(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 7 or > 15)
            return false;
        var parts = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || Number(part) is not <= 255)
                return false;
        }

        return parts == 4;
    }

    private static bool IsBoolean(ReadOnlySpan<byte> text) =>
        System.Text.Ascii.EqualsIgnoreCase(text, "true"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "false"u8)
        || System.Text.Ascii.EqualsIgnoreCase(text, "yes"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "no"u8);

    private static bool IsUuid(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit((char)text[i]))
                return false;
        }

        return true;
    }

    private static bool IsUrl(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'h' or (byte)'H') || text.Length < 10)
            return false;
        var colon = text.IndexOf("://"u8);
        return colon is 4 or 5 && System.Text.Ascii.EqualsIgnoreCase(text[..colon], "https"u8[..colon]) && text.Length > colon + 3 && !text.Contains((byte)' ');
    }

    private static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        if (at < 1 || text.Length > 254 || text[..at].ContainsAnyExcept(Local))
            return false;
        var domain = text[(at + 1)..];
        var dot = domain.LastIndexOf((byte)'.');
        return dot >= 1 && domain.Length - dot > 2 && domain[0] != '.' && domain[0] != '-' && !domain.ContainsAnyExcept(Domain);
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.Length > MostJson || text[^1] is not ((byte)'}' or (byte)']'))
            return false;
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
