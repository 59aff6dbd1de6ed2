using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Rules that belong together and the gate they form. Immutable; write one with <see cref="QualityBuilder"/>.</summary>
public sealed class Suite
{
    private const int BatchRows = 65_536;

    private readonly int _maxSamples = RuleContext.DefaultMaxSamples;

    /// <summary>Creates a suite.</summary>
    /// <param name="rules">The rules in the order in which verdicts and violations are listed; at least one.</param>
    /// <exception cref="ArgumentException">There is no rule: a gate that checks nothing would let everything pass.</exception>
    public Suite(params IReadOnlyList<SuiteRule> rules)
        : this(rules, mayBeEmpty: false)
    {
    }

    internal Suite(IReadOnlyList<SuiteRule> rules, bool mayBeEmpty)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count == 0 && !mayBeEmpty)
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

    /// <summary>The name, for reports. <value>Default: null.</value></summary>
    public string? Name { get; init; }

    /// <summary>What a suite of Great Expectations said beside its expectations; it changes no verdict. <value>Default: null, it is none.</value></summary>
    public GreatExpectationsSuite? Imported { get; init; }

    /// <summary>The columns that identify a row in samples; they change no verdict. <value>Default: none.</value></summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    /// <summary>The most samples a verdict holds; <see cref="int.MaxValue"/> for all. <value>Default: 20.</value></summary>
    public int MaxSamples
    {
        get => _maxSamples;
        init => _maxSamples = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A verdict cannot hold fewer than no samples.");
    }

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
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">A rule does not fit the schema, and options do not say to report that.</exception>
    public async ValueTask<SuiteResult> CheckAsync(
        IAsyncEnumerable<RecordBatch> batches, Schema schema, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(schema);
        using var state = await SuiteState.ObserveAsync(this, batches, schema, options, cancellationToken).ConfigureAwait(false);
        return state.Finish();
    }

    /// <summary>Checks a version of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="version">The version. <value>Default: null, the newest.</value></param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">A rule does not fit the table's schema, and options do not say to report that.</exception>
    public async ValueTask<SuiteResult> CheckAsync(
        ITable table, long? version = null, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var snapshot = await table.GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        var scan = new TableScan { Version = snapshot.Version, Allocator = options?.Allocator };
        return await CheckAsync(table.ScanAsync(scan, cancellationToken), snapshot.Schema, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks rows in memory.</summary>
    /// <typeparam name="T">A record or class whose members are columns.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">A rule does not fit the rows' type, and options do not say to report that.</exception>
    public async ValueTask<SuiteResult> CheckAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var empty = RowBatch.Create<T>([], options?.Allocator);
        return await CheckAsync(BatchesOf(rows, options?.Allocator), empty.Schema, options, cancellationToken).ConfigureAwait(false);
    }

    internal BoundSuite BindAlone(Schema schema, CheckOptions options)
    {
        try
        {
            var context = new ReferenceContext(new StandaloneBindContext(), options.References.ToDictionary(r => r.Key, r => r.Value.Schema, StringComparer.Ordinal));
            return BoundSuite.Bind(this, context, schema, options.UnfitRules);
        }
        catch (PlanException error) when (error is { Operator: CheckNode.OperatorName, Pipeline: null })
        {
            // There is no operator of a plan here that the message could name.
            throw new PlanException(error.Reason, column: error.Column);
        }
    }

    private static async IAsyncEnumerable<RecordBatch> BatchesOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, MemoryAllocator? allocator)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var part in rows.Chunk(BatchRows))
            yield return RowBatch.Create(part, allocator);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Canonical;
}
