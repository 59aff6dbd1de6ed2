using System.Diagnostics;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One run from its plan to its final state. Faults end in the record, never in the caller.</summary>
internal sealed class RunExecution(
    Pipeline pipeline,
    RunRecord started,
    long fencingToken,
    RunPlanner planner,
    DataAccess data,
    IMetadataStore metadata,
    IFailpoints failpoints,
    RunScope scope,
    IReadOnlyList<PinnedScan>? pins,
    IProgress<RunProgress>? progress)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private PreparedRun? _prepared;
    private CommitResult? _result;

    public DatasetLineage? Lineage { get; private set; }

    /// <summary>What the run reads, once that is known.</summary>
    public IReadOnlyList<PinnedScan>? Pins => _prepared?.Scans ?? pins;

    /// <summary>Whether the run failed before it published anything, and may succeed when tried again.</summary>
    public bool IsWorthAnotherAttempt { get; private set; }

    public RunStatistics Statistics => new(
        started.Id, pipeline.Name, Stopwatch.GetElapsedTime(_startedAt), scope.Allocator.HeldBytes, scope.Allocator.PeakBytes, scope.Operators,
        _prepared is null ? "" : PlanExplainer.ExplainRun(_prepared.Root, scope, pipeline.Target) + _result?.Explain);

    public async ValueTask<RunRecord> ExecuteAsync(CancellationToken stop, CancellationToken leaseLost)
    {
        try
        {
            await failpoints.HitAsync(FailpointNames.RunStarted, stop).ConfigureAwait(false);
            var prepared = await planner.PrepareAsync(pipeline, started.Partition, pins, stop).ConfigureAwait(false);
            _prepared = prepared;
            if (prepared.HasWork)
                await PublishAsync(prepared, stop).ConfigureAwait(false);
            return Ended(scope.Refused.Count == 0 ? RunState.Succeeded : RunState.Failed, RefusedError());
        }
        catch (OperationCanceledException) when (leaseLost.IsCancellationRequested)
        {
            return Ended(RunState.Failed, "the lease was lost to another run");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Ended(RunState.Cancelled, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            IsWorthAnotherAttempt = _result is null && TransientFaults.Is(e);
            return Ended(RunState.Failed, e.Message);
        }
    }

    private async ValueTask PublishAsync(PreparedRun prepared, CancellationToken stop)
    {
        scope.Pin(prepared.Scans);
        var sequence = (prepared.Last?.Sequence ?? 0) + 1;
        var commit = new CommitRecord
        {
            Pipeline = pipeline.Name,
            Target = pipeline.Target.Dataset,
            RunId = started.Id,
            RunKey = prepared.RunKey,
            Sequence = sequence,
            FencingToken = fencingToken,
            Cursor = Cursor.After(prepared.Inputs),
            Timestamp = started.StartedAt,
        };
        var context = new EngineContext(scope, prepared.Root);
        var quarantine = await QuarantineWriter.OpenAsync(prepared, commit, data, scope, stop).ConfigureAwait(false);
        await using var openQuarantine = quarantine.ConfigureAwait(false);
        var target = await pipeline.Target.OpenAsync(
            new TargetRequest { Schema = prepared.Root.Schema, Record = commit, Inputs = prepared.Inputs, Context = context }, stop).ConfigureAwait(false);
        await using var openTarget = target.ConfigureAwait(false);
        await DrainAsync(prepared.Root, target, stop).ConfigureAwait(false);
        Lineage = LineageComposer.Compose(pipeline.Name, pipeline.Target.Dataset, prepared.Root);
        commit = commit with { Verdicts = scope.Verdicts, Lineage = Lineage };
        await quarantine.CommitAsync(commit, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.QuarantineCommitted, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.BeforeTargetCommit, stop).ConfigureAwait(false);
        var result = _result = await target.CommitAsync(commit, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.TargetCommitted, CancellationToken.None).ConfigureAwait(false);
        await metadata.SaveEvidenceAsync(
            new DatasetEvidence(pipeline.Target.Dataset, result.Version, started.Id, started.StartedAt, scope.Verdicts, Lineage),
            CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask DrainAsync(BoundNode root, ITargetWriter target, CancellationToken stop)
    {
        var reporter = ProgressReporter.Start(progress, scope, root, _startedAt);
        try
        {
            await foreach (var batch in PlanExecutor.Run(root, scope, stop).WithCancellation(stop).ConfigureAwait(false))
            {
                var rows = batch.Length;
                await target.TakeAsync(batch, stop).ConfigureAwait(false);
                reporter?.Took(rows);
            }
        }
        finally
        {
            if (reporter is not null)
                await reporter.DisposeAsync().ConfigureAwait(false);
        }
    }

    private RunRecord Ended(RunState state, string? error) => started with
    {
        RunKey = _prepared?.RunKey,
        Inputs = _prepared?.Inputs ?? [],
        Version = _result?.Version,
        State = state,
        Error = error,
        FinishedAt = data.Clock.GetUtcNow(),
        Rows = _result is null ? RowTotals.Unpublished(scope.Operators) : RowTotals.Of(scope.Operators, _result),
        Verdicts = scope.Verdicts,
    };

    private string? RefusedError() => scope.Refused.Count switch
    {
        0 => null,
        1 => scope.Refused[0].Message,
        _ => $"{scope.Refused.Count} inputs were refused: {string.Join("; ", scope.Refused.Select(r => r.Message))}",
    };
}
