using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Rules that belong together and the gate they form. Immutable; write one with <see cref="QualityBuilder"/>.</summary>
public sealed class Suite
{
    /// <summary>Creates a suite.</summary>
    /// <param name="rules">The rules in the order in which verdicts and violations are listed; at least one.</param>
    /// <exception cref="ArgumentException">There is no rule: a gate that checks nothing would let everything pass.</exception>
    public Suite(params IReadOnlyList<SuiteRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count == 0)
            throw new ArgumentException("A suite needs at least one rule: one without any would let everything pass.", nameof(rules));
        Rules = rules;
    }

    /// <summary>The rules in order.</summary>
    public IReadOnlyList<SuiteRule> Rules { get; }

    /// <summary>What failed verdicts do. <value>Default: <see cref="Gate.Stop"/>.</value></summary>
    public Gate Gate { get; init; } = Gate.Stop;

    /// <summary>What the gate makes of a rule that had nothing to check. <value>Default: <see cref="NothingToCheck.NotEvaluated"/>.</value></summary>
    public NothingToCheck WhenNothingToCheck { get; init; }

    /// <summary>Whether NaN counts as missing, like null. <value>Default: false, NaN is a value.</value></summary>
    public bool NaNIsMissing { get; init; }

    /// <summary>The canonical text: equal for suites that do the same.</summary>
    public string Canonical
    {
        get
        {
            var writer = new CanonicalWriter();
            WriteCanonical(writer);
            return writer.ToString().TrimStart();
        }
    }

    /// <summary>Writes everything that can change verdicts or rows.</summary>
    /// <param name="writer">Takes it.</param>
    public void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("rules", Rules.Select(r => r.ToString())).Field("gate", Gate.ToString());
        if (WhenNothingToCheck != NothingToCheck.NotEvaluated)
            writer.Field("nothing", WhenNothingToCheck.ToString());
        writer.Flag("nan_is_missing", NaNIsMissing);
    }

    /// <summary>Checks a stream outside of any pipeline. Nothing is set aside and nothing is stopped: the result tells.</summary>
    /// <param name="batches">The rows; each batch is disposed once it is checked.</param>
    /// <param name="schema">Their schema.</param>
    /// <param name="clock">The clock of freshness rules. <value>Default: null, the system's.</value></param>
    /// <param name="allocator">Where rules allocate. <value>Default: null, Arrow's default.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">A rule does not fit the schema.</exception>
    public async ValueTask<SuiteResult> CheckAsync(
        IAsyncEnumerable<RecordBatch> batches,
        Schema schema,
        TimeProvider? clock = null,
        MemoryAllocator? allocator = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(schema);
        var bound = BoundSuite.Bind(this, new StandaloneBindContext(), schema);
        using var run = new SuiteRun(
            bound,
            new RunParameters((clock ?? TimeProvider.System).GetUtcNow()),
            allocator ?? MemoryAllocator.Default.Value,
            setsAside: false);
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                run.Check(batch);
        }

        return run.Finish();
    }

    /// <summary>Checks a version of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="version">The version. <value>Default: null, the newest.</value></param>
    /// <param name="clock">The clock of freshness rules. <value>Default: null, the system's.</value></param>
    /// <param name="allocator">Where batches and rules allocate. <value>Default: null, Arrow's default.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">A rule does not fit the table's schema.</exception>
    public async ValueTask<SuiteResult> CheckAsync(
        ITable table,
        long? version = null,
        TimeProvider? clock = null,
        MemoryAllocator? allocator = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var snapshot = await table.GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        var batches = table.ScanAsync(new TableScan { Version = snapshot.Version, Allocator = allocator }, cancellationToken);
        return await CheckAsync(batches, snapshot.Schema, clock, allocator, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Canonical;
}
