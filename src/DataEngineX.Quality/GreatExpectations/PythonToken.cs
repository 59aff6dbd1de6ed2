using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>A word of a Python expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; of a text what it says.</param>
/// <param name="Value">What it means, for a number or text.</param>
internal sealed record PythonToken(PythonTokenKind Kind, string Text, object? Value = null)
{
    private static readonly string[] Symbols = ["**", "//", "==", "!=", "<=", ">="];

    /// <exception cref="FormatException">A quote is not closed, or there is a character that no expression has.</exception>
    public static List<PythonToken> Split(string text)
    {
        var tokens = new List<PythonToken>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
                i++;
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
                tokens.Add(Number(text, ref i));
            else if (c is '\'' or '"')
                tokens.Add(Quoted(text, ref i));
            else if (c == '`')
                tokens.Add(Column(text, ref i));
            else if (char.IsLetter(c) || c == '_')
                tokens.Add(Word(text, ref i));
            else
                tokens.Add(Symbol(text, ref i));
        }

        return tokens;
    }

    private static PythonToken Number(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '_' || (text[i] is '+' or '-' && text[i - 1] is 'e' or 'E')))
            i++;
        var digits = text[start..i].Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return new PythonToken(PythonTokenKind.Number, digits, whole);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new PythonToken(PythonTokenKind.Number, digits, number)
            : throw new FormatException($"'{digits}' is no number.");
    }

    private static PythonToken Quoted(string text, ref int i)
    {
        var quote = text[i++];
        var value = new StringBuilder();
        while (i < text.Length && text[i] != quote)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                value.Append(text[i] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' or '\'' or '"' => text[i].ToString(), _ => $"\\{text[i]}" });
            }
            else
            {
                value.Append(text[i]);
            }

            i++;
        }

        if (i++ >= text.Length)
            throw new FormatException($"A quote is not closed in '{RuleText.Short(text)}'.");
        return new PythonToken(PythonTokenKind.Text, value.ToString(), value.ToString());
    }

    private static PythonToken Column(string text, ref int i)
    {
        var end = text.IndexOf('`', i + 1);
        if (end < 0)
            throw new FormatException($"A backtick is not closed in '{RuleText.Short(text)}'.");
        var name = text[(i + 1)..end];
        i = end + 1;
        return new PythonToken(PythonTokenKind.Column, name);
    }

    private static PythonToken Word(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
            i++;
        return new PythonToken(PythonTokenKind.Name, text[start..i]);
    }

    private static PythonToken Symbol(string text, ref int i)
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, i, symbol, 0, symbol.Length) == 0)
            {
                i += symbol.Length;
                return new PythonToken(PythonTokenKind.Symbol, symbol);
            }
        }

        return "+-*/%<>()[]{},.&|~=".Contains(text[i], StringComparison.Ordinal)
            ? new PythonToken(PythonTokenKind.Symbol, text[i++].ToString())
            : throw new FormatException($"The character '{text[i]}' is not understood in '{RuleText.Short(text)}'.");
    }
}
