using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A gate at work in one run.</summary>
internal sealed class CheckOperator(BoundSuite suite, CheckNode node, OperatorContext context) : Operator
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
        using var held = context.HoldRows(suite.Schema);
        var found = new List<(long FirstRow, BatchViolations? Violations)>();
        await foreach (var entry in run.CheckAsync(inputs[0], cancellationToken).ConfigureAwait(false))
        {
            found.Add((entry.FirstRow, entry.Violations));
            held.Add(entry.Batch);
        }

        Revisit(run, held, found);
        var stops = Report(run);
        var next = 0;
        foreach (var batch in held.Drain())
        {
            if (await SplitAsync(run, batch, found[next++].Violations, cancellationToken).ConfigureAwait(false) is not { } good)
                continue;
            if (stops is null)
                yield return good;
            else
                good.Dispose();
        }

        if (stops is not null)
            throw stops;
    }

    /// <summary>Marks all rows again, now that the last is known.</summary>
    private static void Revisit(SuiteRun run, WaitingRows held, List<(long FirstRow, BatchViolations? Violations)> found)
    {
        var next = 0;
        foreach (var batch in held.Read())
        {
            using (batch)
            {
                var (firstRow, known) = found[next];
                var later = run.Revisit(batch, firstRow);
                found[next++] = (firstRow, later is null ? known : known?.With(later) ?? later);
            }
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
    private async ValueTask<ReferenceSet> ReferencesAsync(IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, CancellationToken cancellationToken)
    {
        var read = await ReferenceSet.ReadAsync(
            suite,
            name => Counted(inputs[node.References.Index().First(r => r.Item == name).Index + 1]),
            context.Parameters,
            context.Allocator,
            cancellationToken,
            context.ScratchFolder).ConfigureAwait(false);
        context.ReportSpilled(read.SpilledBytes);
        return read;
    }

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
        context.ReportSpilled(run.SpilledBytes);
        context.Report([.. result.Verdicts.Select((v, i) => WithVersions(v, result.Rules[i].Rule))]);
        return result.Stopping.Count == 0 ? null : new GateStoppedException(result.Stopping);
    }

    /// <summary>The verdict with the versions of the other datasets that it was found against.</summary>
    private Verdict WithVersions(Verdict verdict, Rule rule)
    {
        var versions = rule.References.SelectMany(r => CheckNode.Scans(node.Inputs[node.References.Index().First(o => o.Item == r).Index + 1]))
            .Select(s => context.InputOf(s)).OfType<InputVersion>().ToList();
        if (versions.Count == 0)
            return verdict;
        var json = CellText.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var version in versions.DistinctBy(v => v.Dataset))
                writer.WriteString(version.Dataset.ToString(), version.Position);
            writer.WriteEndObject();
        });
        return verdict with { Details = [.. verdict.Details, new VerdictField("against", json)] };
    }
}
