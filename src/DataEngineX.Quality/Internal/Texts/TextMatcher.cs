using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>Tells whether texts, as bytes of UTF-8, match a pattern. Thread-safe.</summary>
internal sealed class TextMatcher
{
    private readonly TextRows.ByteTest _test;

    private TextMatcher(TextRows.ByteTest test) => _test = test;

    /// <summary>Matches a regular expression anywhere in the text: by a table where the pattern is a plain one and the text is ASCII.</summary>
    public static TextMatcher Of(Regex regex)
    {
        var decoded = TextRows.OfBytes(text => regex.IsMatch(text));
        if ((regex.Options & ~(RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)) != 0 || AsciiDfa.TryCompile(regex.ToString()) is not { } table)
            return new TextMatcher(decoded);
        return new TextMatcher(text => table.IsMatch(text) ?? decoded(text));
    }

    /// <summary>Matches by a test of its own.</summary>
    public static TextMatcher Of(TextRows.ByteTest test) => new(test);

    public bool IsMatch(ReadOnlySpan<byte> text) => _test(text);
}
