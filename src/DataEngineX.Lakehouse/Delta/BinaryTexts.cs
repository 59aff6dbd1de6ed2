using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Bytes as texts of partition values. Bytes that are UTF-8 are that text, as other engines write them; others are escaped byte by byte, as in
/// <c>\u00ff\u0001</c>, and so is what would be taken for such an escape.
/// </summary>
internal static class BinaryTexts
{
    private const int EscapeLength = 6;

    internal static string Write(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes) && Encoding.UTF8.GetString(bytes) is var text && !IsEscaped(text))
            return text;
        var escaped = new StringBuilder(bytes.Length * EscapeLength);
        foreach (var octet in bytes)
            escaped.Append(CultureInfo.InvariantCulture, $"\\u{octet:x4}");
        return escaped.ToString();
    }

    internal static byte[] Read(string text)
    {
        if (!IsEscaped(text))
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length / EscapeLength];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = byte.Parse(text.AsSpan((i * EscapeLength) + 4, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return bytes;
    }

    private static bool IsEscaped(string text)
    {
        if (text.Length == 0 || text.Length % EscapeLength != 0)
            return false;
        for (var i = 0; i < text.Length; i += EscapeLength)
        {
            if (!text.AsSpan(i).StartsWith(@"\u00", StringComparison.Ordinal) || !char.IsAsciiHexDigit(text[i + 4]) || !char.IsAsciiHexDigit(text[i + 5]))
                return false;
        }

        return true;
    }
}
