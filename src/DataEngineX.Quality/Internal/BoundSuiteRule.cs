using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A rule of a suite resolved against a schema.</summary>
/// <param name="Entry">The rule as written.</param>
/// <param name="Rule">The rule, bound; one that does nothing where it does not fit.</param>
/// <param name="Where">Its row filter, bound.</param>
/// <param name="Ordinals">The positions of its columns.</param>
/// <param name="GroupOrdinals">The positions of the columns it is grouped by.</param>
/// <param name="GroupTypes">The types of these columns.</param>
/// <param name="Problem">Why the rule does not fit the schema, or null.</param>
internal sealed record BoundSuiteRule(
    SuiteRule Entry,
    BoundRule Rule,
    BoundExpression? Where,
    int[] Ordinals,
    int[] GroupOrdinals,
    IReadOnlyList<IArrowType> GroupTypes,
    string? Problem = null)
{
    /// <summary>The verdict before anything is counted.</summary>
    public Verdict Template { get; } = new()
    {
        Rule = Entry.Name ?? Entry.Rule.Name,
        Column = Entry.Column,
        Columns = Entry.Rule.Columns,
        Expectation = Entry.Rule.Expectation,
        Severity = Entry.Severity,
        Mostly = Entry.Mostly,
        Tags = Entry.Tags,
        Where = Entry.Where?.Canonical,
        Parameters = [.. Entry.Rule.Parameters.Select(p => new VerdictField(p.Name, p.Json))],
        Outcome = VerdictOutcome.NotEvaluated,
    };
}
