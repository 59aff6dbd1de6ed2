namespace DataEngineX.Pipelines;

/// <summary>
/// Tries each step of a run until it ends for good, its attempts are used up, or the deadline of the run passes. All attempts and steps are one run and read
/// the same input versions.
/// </summary>
internal sealed class RunAttempts(
    Pipeline pipeline, TimeProvider clock, TimeProvider waits, IMetadataStore metadata, IFailpoints failpoints, Func<RunRecord, RunPins?, RunExecution> make)
{
    private readonly RetryPolicy? _retry = pipeline.Policies.Retry;
    private readonly TimeSpan? _deadline = pipeline.Policies.Deadline;

    public async ValueTask<(RunRecord Ended, RunExecution Last, RunStatistics Cost)> ExecuteAsync(RunRecord started, CancellationToken stop, CancellationToken leaseLost)
    {
        using var deadline = _deadline is { } within ? new CancellationTokenSource(within, waits) : new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        var record = started;
        var run = make(record, null);
        var whole = new WholeRun();
        while (true)
        {
            var ended = await run.ExecuteAsync(end.Token, leaseLost).ConfigureAwait(false);
            if (ended.State == RunState.Cancelled && IsOver(deadline, stop))
                return (ended with { State = RunState.Failed, Error = $"the deadline of {_deadline} passed in attempt {record.Attempt}" }, run, whole.With(run.Statistics));
            if (ended.State == RunState.Succeeded && run.Next is { } next)
            {
                record = record with
                {
                    Attempt = 1,
                    Partition = ended.Partition,
                    RunKey = ended.RunKey,
                    Inputs = ended.Inputs,
                    Version = ended.Version,
                    Steps = ended.Steps,
                    Rows = ended.Rows,
                    Verdicts = ended.Verdicts,
                };
                await metadata.SaveRunAsync(record, CancellationToken.None).ConfigureAwait(false);
                await failpoints.HitAsync(FailpointNames.StepSaved, CancellationToken.None).ConfigureAwait(false);
                whole.Add(run.Statistics);
                run = make(record, next);
                continue;
            }

            if (!run.IsWorthAnotherAttempt || record.Attempt >= (_retry?.Attempts ?? 1))
                return (ended, run, whole.With(run.Statistics));
            var fault = new RunFault(record.Attempt, clock.GetUtcNow(), ended.Error ?? "unknown");
            if (!await WaitAsync(record.Attempt, end.Token).ConfigureAwait(false))
                return (Interrupted(ended, IsOver(deadline, stop), leaseLost), run, whole.With(run.Statistics));
            record = record with { Attempt = record.Attempt + 1, Faults = [.. record.Faults, fault] };
            await metadata.SaveRunAsync(record, CancellationToken.None).ConfigureAwait(false);
            run = make(record, run.Pins);
        }
    }

    private RunRecord Interrupted(RunRecord ended, bool isOver, CancellationToken leaseLost)
    {
        var failed = ended with { FinishedAt = clock.GetUtcNow() };
        if (leaseLost.IsCancellationRequested)
            return failed with { Error = $"{ended.Error} The lease was lost to another run before the next attempt." };
        return isOver
            ? failed with { Error = $"{ended.Error} The deadline of {_deadline} passed before the next attempt." }
            : failed with { State = RunState.Cancelled };
    }

    private async ValueTask<bool> WaitAsync(int attempt, CancellationToken end)
    {
        try
        {
            await Task.Delay(_retry!.DelayAfter(attempt, Random.Shared.NextDouble()), waits, end).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsOver(CancellationTokenSource deadline, CancellationToken stop) => deadline.IsCancellationRequested && !stop.IsCancellationRequested;
}
