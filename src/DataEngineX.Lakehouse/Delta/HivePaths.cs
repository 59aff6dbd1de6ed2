using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The names of the folders of partitions, <c>column=value</c> as Hive has them. They only help people to look around: values are read from the log.</summary>
internal static class HivePaths
{
    private const string Null = "__HIVE_DEFAULT_PARTITION__";
    private const string Escaped = "\"#%'*/:=?\\{}[]^<>| ";

    /// <summary>The most bytes of a name or value; file systems have no room for more than 255 in a folder's name.</summary>
    private const int Longest = 100;

    /// <summary>The folder's name.</summary>
    internal static string Segment(string column, string? value) => $"{Escape(column)}={(value is null ? Null : Escape(value))}";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x100 && (char.IsControl((char)rune.Value) || Escaped.Contains((char)rune.Value, StringComparison.Ordinal)))
                escaped.Append(CultureInfo.InvariantCulture, $"%{rune.Value:X2}");
            else if (escaped.Length == 0 && rune.Value == '.')
                escaped.Append("%2E"); // A folder whose name begins with a dot is hidden.
            else
                escaped.Append(rune);
        }

        return Encoding.UTF8.GetByteCount(escaped.ToString()) <= Longest ? escaped.ToString() : Cut(escaped.ToString(), text);
    }

    /// <summary>The beginning of a long text, and a mark by which texts that begin alike differ.</summary>
    private static string Cut(string escaped, string text)
    {
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in escaped.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > Longest - 17)
                break;
            kept.Append(rune);
        }

        return $"{kept}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
    }
}
