using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using DataEngineX.Quality;

namespace DataEngineX.Testing;

/// <summary>
/// Quality rules as assertions, for any test framework: what does not hold is a <see cref="QualityAssertException"/> whose message tells rules, counts
/// and rows.
/// </summary>
/// <remarks>A rule that had nothing to check does not hold, unless its suite says that it passes then: a test over no rows shows nothing.</remarks>
public static class QualityAssert
{
    /// <summary>All rules of a suite hold.</summary>
    /// <param name="result">What the suite found.</param>
    /// <exception cref="QualityAssertException">Some do not.</exception>
    public static void Holds(SuiteResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Throw([.. result.Verdicts.Where(v => !result.Passes(v))], result.Verdicts.Count);
    }

    /// <summary>All verdicts of a run's gates are passes.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="QualityAssertException">Some are not, or the run has no gate.</exception>
    public static void Holds(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Verdicts.Count == 0)
            throw new QualityAssertException($"Run {run.Id} of {run.Pipeline} has no verdicts{(run.Error is { } error ? $"; it failed: {error}" : "")}.", []);
        Throw([.. run.Verdicts.Where(static v => v.Outcome != VerdictOutcome.Pass)], run.Verdicts.Count);
    }

    /// <summary>Rules hold for rows in memory.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="rules">Writes the rules.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="QualityAssertException">Some do not.</exception>
    public static async ValueTask<SuiteResult> HoldsAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, Func<QualityBuilder<T>, QualityBuilder<T>> rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var result = await rules(new QualityBuilder<T>()).Build().CheckAsync(rows, null, cancellationToken).ConfigureAwait(false);
        Holds(result);
        return result;
    }

    /// <summary>Rules hold for the newest version of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rules">Writes the rules.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="QualityAssertException">Some do not.</exception>
    public static async ValueTask<SuiteResult> HoldsAsync(
        ITable table, Func<QualityBuilder, QualityBuilder> rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var result = await rules(new QualityBuilder()).Build().CheckAsync(table, cancellationToken: cancellationToken).ConfigureAwait(false);
        Holds(result);
        return result;
    }

    /// <summary>Rules hold for a stream of batches.</summary>
    /// <param name="batches">The rows; each batch is disposed once it is checked.</param>
    /// <param name="schema">Their schema.</param>
    /// <param name="rules">Writes the rules.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="QualityAssertException">Some do not.</exception>
    public static async ValueTask<SuiteResult> HoldsAsync(
        IAsyncEnumerable<RecordBatch> batches,
        Schema schema,
        Func<QualityBuilder, QualityBuilder> rules,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var result = await rules(new QualityBuilder()).Build().CheckAsync(batches, schema, cancellationToken: cancellationToken).ConfigureAwait(false);
        Holds(result);
        return result;
    }

    private static void Throw(IReadOnlyList<Verdict> failed, int rules)
    {
        if (failed.Count > 0)
            throw new QualityAssertException(FailureText.Of(failed, rules), failed);
    }
}
