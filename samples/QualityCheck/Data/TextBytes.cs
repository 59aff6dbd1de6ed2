using System.Text.Unicode;

namespace QualityCheck.Data;

/// <summary>Tells text from other bytes, which would otherwise be read as a table of one strange column.</summary>
internal static class TextBytes
{
    /// <summary>Whether the start of a file is that of a text: UTF-16 or UTF-32 by its mark, else without control characters that no text has.</summary>
    /// <param name="start">The first bytes, in which a character may be cut off at the end.</param>
    public static bool AreText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return true;
        var (lower, upper) = (0, 0);
        foreach (var value in start)
        {
            // Tabs, line ends and page breaks stand in texts, the end-of-file mark of old systems and the four separators of ASCII too.
            lower += value is < 9 or (> 13 and < 26) or 27 or 127 ? 1 : 0;
            upper += value is >= 0x80 and < 0xA0 ? 1 : 0;
        }

        return lower == 0 && (IsUtf8(start) || upper < 2 || upper * 20 < start.Length);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
                return true;
        }

        return false;
    }
}
