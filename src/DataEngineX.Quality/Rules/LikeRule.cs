using System.Text;
using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>
/// Each value of a column is like patterns of SQL, or like none: <c>%</c> stands for any characters, <c>_</c> for one, and a backslash before
/// one of the three for itself. Case matters; a pattern matches the whole value.
/// </summary>
public sealed class LikeRule : PatternRule
{
    private readonly TextTest[] _tests;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The patterns, at least one.</param>
    /// <param name="match">How many of them have to match. <value>Default: any.</value></param>
    /// <param name="negated">Whether none of them may match. <value>Default: false.</value></param>
    public LikeRule(string column, IEnumerable<string> patterns, PatternMatch match = PatternMatch.Any, bool negated = false)
        : base(column, patterns, match, negated) => _tests = [.. Patterns.Select(Test)];

    /// <inheritdoc/>
    public override string Name => IsNegated ? "not_like" : "like";

    private protected override IReadOnlyList<TextTest> Tests => _tests;

    private static TextTest Test(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (LikePieces.TryRead(pattern) is not { } pieces)
            return TextTest.Of(Compile(pattern));
        return pieces.Only is { Length: <= PieceSearch.Most } piece ? TextTest.Of(new PieceSearch(piece)) : TextTest.Of(pieces.IsMatch);
    }

    private static Regex Compile(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%')
                regex.Append(".*");
            else if (pattern[i] == '_')
                // One character is one rune, which may be two UTF-16 units.
                regex.Append("(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|.)");
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
                regex.Append(Regex.Escape(pattern[++i].ToString()));
            else
                regex.Append(Regex.Escape(pattern[i].ToString()));
        }

        return new Regex(regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
