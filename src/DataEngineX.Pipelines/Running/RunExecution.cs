using System.Diagnostics;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One run from its plan to its final state. Faults end in the record, never in the caller.</summary>
internal sealed class RunExecution(
    Pipeline pipeline,
    RunRequest request,
    RunRecord started,
    PipelineLease lease,
    RunPlanner planner,
    DataAccess data,
    IMetadataStore metadata,
    IFailpoints failpoints,
    RunScope scope,
    EngineOptions options,
    RunPins? pins,
    IProgress<RunProgress>? progress)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly List<string> _warnings = [];
    private PreparedRun? _prepared;
    private CommitResult? _result;

    public DatasetLineage? Lineage { get; private set; }

    /// <summary>What the run reads, once that is known.</summary>
    public RunPins? Pins => _prepared?.Pins ?? pins;

    /// <summary>The step of the run that follows this one, once this one has succeeded; null when it was the last.</summary>
    public RunPins? Next => _prepared?.Next;

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
            var prepared = await planner.PrepareAsync(pipeline, request, pins, isPreview: false, stop).ConfigureAwait(false);
            _prepared = prepared;
            await failpoints.HitAsync(FailpointNames.InputsPinned, stop).ConfigureAwait(false);
            if (prepared.HasWork)
                await PublishAsync(prepared, stop).ConfigureAwait(false);
            return Ended(scope.Refused.Count == 0 ? RunState.Succeeded : RunState.Failed, RefusedInputs.ErrorOf(scope.Refused));
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
            Fingerprint = pipeline.Fingerprint,
            Sequence = sequence,
            FencingToken = lease.Token,
            Cursor = prepared.After,
            Timestamp = started.StartedAt,
        };
        var context = new EngineContext(scope, prepared.Root);
        var quarantine = await QuarantineWriter.OpenAsync(prepared, commit, data, scope, stop).ConfigureAwait(false);
        await using var openQuarantine = quarantine.ConfigureAwait(false);
        using var affected = scope.AffectedKeys = prepared.Key is { } key
            ? await AffectedKeys.ReadAsync(prepared.Root, key, context, stop).ConfigureAwait(false)
            : null;
        var write = new TargetRequest
        {
            Schema = prepared.Root.Schema,
            Record = commit,
            Inputs = prepared.Inputs,
            Replaces = prepared.Partitions is { } run ? ReplacedRows.Where(run.Condition) : affected is null ? null : ReplacedRows.WithKeys(affected.Keys),
            Sequence = request.IsReplay && pipeline.Policies.Freshness?.Column is { } time && prepared.Root.Schema.FieldsList.Any(f => f.Name == time) ? time : null,
            Evolution = pipeline.Policies.Contract?.Evolution ?? SchemaEvolution.None,
            Context = context,
        };
        var target = await pipeline.Target.OpenAsync(write, stop).ConfigureAwait(false);
        await using var openTarget = target.ConfigureAwait(false);
        await DrainAsync(prepared, target, stop).ConfigureAwait(false);
        await DemandBudgetAsync(stop).ConfigureAwait(false);
        if (RefusedInputs.Without(scope.Refused, prepared) is { } cursor)
            commit = commit with { Cursor = cursor };
        Lineage = LineageComposer.Compose(pipeline.Name, pipeline.Target.Dataset, prepared.Root);
        commit = commit with { Verdicts = scope.Verdicts, Lineage = Lineage };
        if (prepared.Partitions is null)
        {
            await CommitAsync(commit, quarantine, target, stop).ConfigureAwait(false);
            return;
        }

        // Runs of different partitions work side by side and commit one after another.
        var turn = await PipelineLease.AcquireAsync(
            metadata, LeaseNames.OfPipeline(pipeline.Name), pipeline.Name, started.Id, options.LeaseDuration, givesUp: false, stop).ConfigureAwait(false);
        await using var held = turn.ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.TurnTaken, stop).ConfigureAwait(false);
        await CommitAsync(await InTurnAsync(commit, prepared, turn, stop).ConfigureAwait(false), quarantine, target, stop).ConfigureAwait(false);
    }

    private async ValueTask DemandBudgetAsync(CancellationToken stop)
    {
        if (pipeline.Policies.ErrorBudget is not { } budget || request.IsReplay)
            return;
        var verdict = await ErrorBudgetCheck.JudgeAsync(budget, pipeline.Name, RowTotals.Sum(started.Rows, RowTotals.Unpublished(scope.Operators)), metadata, stop).ConfigureAwait(false);
        scope.Report([verdict]);
        if (verdict.Outcome == VerdictOutcome.Fail)
            throw new GateStoppedException([verdict]);
    }

    /// <summary>The quarantine first, the target second, what is known of both last.</summary>
    private async ValueTask CommitAsync(CommitRecord commit, QuarantineWriter quarantine, ITargetWriter target, CancellationToken stop)
    {
        await failpoints.HitAsync(FailpointNames.BeforeQuarantineCommit, stop).ConfigureAwait(false);
        await quarantine.CommitAsync(commit, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.QuarantineCommitted, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.BeforeTargetCommit, stop).ConfigureAwait(false);
        var result = _result = await target.CommitAsync(commit, stop).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.TargetCommitted, CancellationToken.None).ConfigureAwait(false);
        await metadata.SaveEvidenceAsync(
            new DatasetEvidence(pipeline.Target.Dataset, result.Version, started.Id, started.StartedAt, scope.Verdicts, Lineage),
            CancellationToken.None).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.EvidenceSaved, CancellationToken.None).ConfigureAwait(false);
        await RememberAsync().ConfigureAwait(false);
    }

    /// <summary>What operators keep of a run that has published; the rows are there whether or not it can be kept.</summary>
    private async ValueTask RememberAsync()
    {
        foreach (var action in scope.Afterwards)
        {
            try
            {
                await action(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Activity.Current?.AddException(e);
                _warnings.Add($"After the rows were published: {e.Message}");
            }
        }
    }

    /// <summary>The commit as it follows the newest one of the pipeline.</summary>
    private async ValueTask<CommitRecord> InTurnAsync(CommitRecord commit, PreparedRun prepared, PipelineLease turn, CancellationToken stop)
    {
        if (!await lease.IsHeldAsync(options.LeaseDuration, stop).ConfigureAwait(false))
            throw new FencedException($"{pipeline.Target.Dataset}, partition {prepared.Partitions!.Name} in run {started.Id}", lease.Token, turn.Token);
        var last = await pipeline.Target.GetLastCommitAsync(data, pipeline.Name, stop).ConfigureAwait(false);
        return commit with
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            FencingToken = turn.Token,
            Cursor = await prepared.Partitions!.AfterAsync(last, prepared.Inputs, stop).ConfigureAwait(false),
        };
    }

    private async ValueTask DrainAsync(PreparedRun prepared, ITargetWriter target, CancellationToken stop)
    {
        var root = prepared.Root;
        var guard = prepared.Partitions is { } run ? new PartitionGuard(run, root.Schema, scope) : null;
        var reporter = ProgressReporter.Start(progress, scope, root, _startedAt);
        try
        {
            await foreach (var batch in PlanExecutor.Run(root, scope, stop).WithCancellation(stop).ConfigureAwait(false))
            {
                var rows = batch.Length;
                guard?.Demand(batch);
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
        Partition = started.Steps > 0 ? started.Partition : _prepared?.Pins.Partition ?? started.Partition,
        RunKey = _prepared?.RunKey,
        Inputs = Whole(_prepared?.Inputs ?? []),
        Version = _result?.Version ?? started.Version,
        Steps = started.Steps + (_result is null ? 0 : 1),
        State = state,
        Error = error,
        Refused = [.. scope.Refused.Select(r => r.Error.SourceName).Distinct(StringComparer.Ordinal)],
        Warnings = [.. started.Warnings, .. _warnings],
        FinishedAt = data.Clock.GetUtcNow(),
        Rows = RowTotals.Sum(started.Rows, _result is null ? RowTotals.Unpublished(scope.Operators) : RowTotals.Of(scope.Operators, _result)),
        Verdicts = [.. started.Verdicts, .. scope.Verdicts],
    };

    /// <summary>What all steps of the run have read so far.</summary>
    private IReadOnlyList<InputVersion> Whole(IReadOnlyList<InputVersion> inputs) => started.Steps == 0
        ? inputs
        : [.. inputs.Select(i => started.Inputs.FirstOrDefault(s => s.Dataset == i.Dataset) is { } first ? i with { Since = first.Since } : i)];
}
