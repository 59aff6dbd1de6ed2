using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>Tells whether texts, as bytes of UTF-8, match a pattern. Thread-safe.</summary>
internal sealed class TextMatcher
{
    private readonly TextRows.ByteTest _test;

    private TextMatcher(TextRows.ByteTest test) => _test = test;

    /// <summary>Matches a regular expression anywhere in the text.</summary>
    public static TextMatcher Of(Regex regex) => new(TextRows.OfBytes(text => regex.IsMatch(text)));

    /// <summary>Matches by a test of its own.</summary>
    public static TextMatcher Of(TextRows.ByteTest test) => new(test);

    public bool IsMatch(ReadOnlySpan<byte> text) => _test(text);
}
