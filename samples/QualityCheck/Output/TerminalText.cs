using System.Globalization;
using System.Text;

namespace QualityCheck.Output;

/// <summary>Text that is safe to show in a terminal: controls, which could be commands to it, are shown by a sign.</summary>
internal static class TerminalText
{
    /// <summary>The text on one line, shortened.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters.</param>
    public static string Of(string text, int length = 120)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Length <= length ? text : text[..length])
            shown.Append(char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : c);
        return text.Length <= length ? shown.ToString() : shown.Append('…').ToString();
    }

    /// <summary>A text of several lines, each made safe.</summary>
    /// <param name="text">The text.</param>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(static l => Of(l.TrimEnd('\r'), 1000)));
}
