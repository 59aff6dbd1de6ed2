using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>What a suite found.</summary>
/// <param name="Verdicts">The verdicts in the order of the rules: one a rule, or one a group for a rule evaluated by group.</param>
/// <param name="Stopping">Those by which the suite's gate keeps a run from publishing; empty when it publishes.</param>
/// <param name="Success">
/// Whether every rule passed, whatever its severity; a rule with nothing to check counts as passed only under <see cref="NothingToCheck.Pass"/>.
/// </param>
public sealed record SuiteResult(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Verdict> Stopping, bool Success)
{
    /// <summary>The suite.</summary>
    public required Suite Suite { get; init; }

    /// <summary>The rule of each verdict, in the order of <see cref="Verdicts"/>.</summary>
    public required IReadOnlyList<SuiteRule> Rules { get; init; }

    /// <summary>The rows checked.</summary>
    public long Rows { get; init; }

    /// <summary>The columns checked.</summary>
    internal Schema? Schema { get; init; }

    /// <summary>The same result without the values of some columns, to be shown or handed on. Counts stay.</summary>
    /// <param name="columns">
    /// The columns, matched without regard to case. Of every rule that looks at one of them, samples, common values, observed values, details and messages
    /// are masked; elsewhere its values among keys and groups, and row filters that name it.
    /// </param>
    public SuiteResult Mask(IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var mask = new ColumnMask(columns);
        return mask.IsEmpty ? this : this with
        {
            Verdicts = [.. Verdicts.Select(mask.Apply)],
            Stopping = [.. Stopping.Select(mask.Apply)],
            Rules = [.. Rules.Select(mask.Apply)],
        };
    }

    /// <summary>Whether a verdict counts as passed in this suite.</summary>
    /// <param name="verdict">One of <see cref="Verdicts"/>.</param>
    public bool Passes(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return verdict.Outcome == VerdictOutcome.Pass
            || (verdict.Outcome == VerdictOutcome.NotEvaluated && Suite.WhenNothingToCheck == NothingToCheck.Pass);
    }
}
