using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A gate at work in one run.</summary>
internal sealed class CheckOperator(BoundSuite suite, IReadOnlyList<string> references, OperatorContext context) : Operator
{
    /// <summary>Rows in a quarantine batch at most, so that long rows as text stay far below what a text column can hold.</summary>
    private const int QuarantineRows = 4096;

    private readonly bool _setsAside = suite.Suite.Gate == Gate.Quarantine;

    public override IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _setsAside && suite.NeedsAllRows ? HoldAsync(inputs, cancellationToken) : StreamAsync(inputs, cancellationToken);
    }

    private async IAsyncEnumerable<RecordBatch> StreamAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var others = await ReferencesAsync(inputs, cancellationToken).ConfigureAwait(false);
        using var run = Start(others);
        await foreach (var entry in run.CheckAsync(inputs[0], cancellationToken).ConfigureAwait(false))
        {
            if (await SplitAsync(run, entry.Batch, entry.Violations, cancellationToken).ConfigureAwait(false) is { } good)
                yield return good;
        }

        Decide(run);
    }

    /// <summary>Holds all rows until the last is seen: only then is it known which of them are good.</summary>
    private async IAsyncEnumerable<RecordBatch> HoldAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var others = await ReferencesAsync(inputs, cancellationToken).ConfigureAwait(false);
        using var run = Start(others);
        var held = new Queue<CheckedBatch>();
        try
        {
            await foreach (var entry in run.CheckAsync(inputs[0], cancellationToken).ConfigureAwait(false))
                held.Enqueue(entry);
            for (var i = held.Count; i > 0; i--)
            {
                var entry = held.Peek();
                var later = run.Revisit(entry.Batch, entry.FirstRow);
                held.Enqueue(entry with { Violations = later is null ? entry.Violations : entry.Violations?.With(later) ?? later });
                held.Dequeue();
            }

            var stops = Report(run);
            while (held.TryDequeue(out var entry))
            {
                if (await SplitAsync(run, entry.Batch, entry.Violations, cancellationToken).ConfigureAwait(false) is not { } good)
                    continue;
                if (stops is null)
                    yield return good;
                else
                    good.Dispose();
            }

            if (stops is not null)
                throw stops;
        }
        finally
        {
            while (held.TryDequeue(out var entry))
                entry.Batch.Dispose();
        }
    }

    /// <summary>Sends the rows that violate a rule to quarantine.</summary>
    /// <param name="run">The run.</param>
    /// <param name="batch">Taken.</param>
    /// <param name="violations">The violations, or null when all rows are good.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>The rows that are good, owned by the caller: the very batch when all are; null when none is.</returns>
    private async ValueTask<RecordBatch?> SplitAsync(
        SuiteRun run, RecordBatch batch, BatchViolations? violations, CancellationToken cancellationToken)
    {
        if (violations is null && batch.Length > 0)
            return batch;
        using (batch)
        {
            if (violations is null)
                return null;
            var (good, bad) = violations.Split(batch.Length);
            for (var start = 0; start < bad.Length; start += QuarantineRows)
            {
                var rows = bad.AsMemory(start, Math.Min(QuarantineRows, bad.Length - start));
                await context.SideOutput(SideOutput.Quarantine.Name)
                    .TakeAsync(run.WriteQuarantine(batch, rows.Span, violations), cancellationToken)
                    .ConfigureAwait(false);
                context.Rows.Add(RowFlow.Quarantined, rows.Length);
            }

            return good.Length == 0 ? null : Selection.Take(batch, good, context.Allocator);
        }
    }

    /// <summary>Reads the inputs behind the first, which are datasets that rules hold its rows against.</summary>
    private ValueTask<ReferenceSet> ReferencesAsync(IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, CancellationToken cancellationToken) =>
        ReferenceSet.ReadAsync(suite, name => Counted(inputs[references.Index().First(r => r.Item == name).Index + 1]), context.Parameters, context.Allocator, cancellationToken);

    /// <summary>Rows that others are held against go into what is known of them.</summary>
    private async IAsyncEnumerable<RecordBatch> Counted(IAsyncEnumerable<RecordBatch> rows)
    {
        await foreach (var batch in rows.ConfigureAwait(false))
        {
            context.Rows.Add(RowFlow.Folded, batch.Length);
            yield return batch;
        }
    }

    private SuiteRun Start(ReferenceSet others) => new(
        suite,
        context.Parameters,
        context.Allocator,
        _setsAside,
        parallelism: context.Parallelism,
        references: others,
        scratchFolder: context.ScratchFolder);

    private void Decide(SuiteRun run)
    {
        if (Report(run) is { } stops)
            throw stops;
    }

    private GateStoppedException? Report(SuiteRun run)
    {
        var result = run.Finish();
        context.Report(result.Verdicts);
        return result.Stopping.Count == 0 ? null : new GateStoppedException(result.Stopping);
    }
}
