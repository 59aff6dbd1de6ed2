using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>
/// Regular expressions match somewhere in each value of a column, or nowhere; anchor them with <c>^</c> and <c>$</c> to match the whole.
/// </summary>
/// <remarks>
/// Matching never backtracks, so time is linear in the text: lookaround and back-references are refused, unless backtracking is allowed. It
/// then has one second a value, and a value that takes longer is an error of the rule.
/// </remarks>
public sealed class RegexRule : PatternRule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TextTest[] _tests;

    /// <summary>Creates the rule for one expression.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="negated">Whether it may match nowhere. <value>Default: false.</value></param>
    /// <param name="backtracking">Whether lookaround and back-references are allowed. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or cannot be matched without backtracking.</exception>
    public RegexRule(string column, string pattern, bool negated = false, bool backtracking = false)
        : this(column, [pattern], PatternMatch.Any, negated, backtracking)
    {
    }

    /// <summary>Creates the rule for several expressions.</summary>
    /// <param name="column">The column.</param>
    /// <param name="patterns">The regular expressions, at least one.</param>
    /// <param name="match">How many of them have to match.</param>
    /// <param name="negated">Whether none of them may match. <value>Default: false.</value></param>
    /// <param name="backtracking">Whether lookaround and back-references are allowed. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">A pattern is not a regular expression, or cannot be matched without backtracking.</exception>
    public RegexRule(string column, IEnumerable<string> patterns, PatternMatch match, bool negated = false, bool backtracking = false)
        : base(column, patterns, match, negated)
    {
        AllowsBacktracking = backtracking;
        _tests = [.. Patterns.Select(p => TextTest.Of(Compile(p)))];
    }

    /// <summary>Whether lookaround and back-references are allowed.</summary>
    public bool AllowsBacktracking { get; }

    /// <inheritdoc/>
    public override string Name => IsNegated ? "not_regex" : "regex";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        AllowsBacktracking ? [.. base.Parameters, RuleParameter.Of("backtracking", true)] : base.Parameters;

    private protected override IReadOnlyList<TextTest> Tests => _tests;

    private Regex Compile(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException) when (AllowsBacktracking)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' for column '{Column}' needs backtracking (lookaround or a back-reference); write it without.", nameof(pattern), error);
        }
    }
}
