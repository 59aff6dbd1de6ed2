using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Starts runs ordered by request in the background: one of a pipeline at a time, and never many at once.</summary>
internal sealed class RunLauncher(IRunPlacement placement, IMetadataStore metadata, TimeProvider clock, ILogger<RunLauncher> log)
    : IHostedService, IDisposable
{
    public const int MaxAtWork = 8;
    private const string Trigger = "manual";

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, (RunRecord Run, Task Work)> _atWork = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts a run and tells what is known of it at once.</summary>
    public RunRecord Start(string pipeline, DatasetId target, string? partition)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
                throw new ApiException(ApiProblem.Unavailable("This host is stopping."));
            if (_atWork.Values.FirstOrDefault(w => string.Equals(w.Run.Pipeline, pipeline, StringComparison.Ordinal)).Run is { } other)
                throw new ApiException(ApiProblem.Conflict($"Run '{other.Id}' of pipeline '{pipeline}' has not ended yet."));
            if (_atWork.Count >= MaxAtWork)
                throw new ApiException(ApiProblem.TooMany($"{MaxAtWork} runs ordered by request are at work. Try again when one has ended."));

            var run = new RunRecord
            {
                Id = RunId.New(clock),
                Pipeline = pipeline,
                State = RunState.Running,
                Trigger = Trigger,
                Partition = partition,
                StartedAt = clock.GetUtcNow(),
                Target = target,
            };
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _atWork[run.Id] = (run, Task.Run(() => WorkAsync(run, begin.Task)));
            begin.SetResult();
            return run;
        }
    }

    /// <summary>A run that was ordered and has not ended.</summary>
    public RunRecord? Find(string id) => _atWork.TryGetValue(id, out var work) ? work.Run : null;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks all runs to stop and waits until each has its final state.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] work;
        lock (_lock)
        {
            _stop.Cancel();
            work = [.. _atWork.Values.Select(w => w.Work)];
        }

        await Task.WhenAll(work).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync(RunRecord run, Task begin)
    {
        await begin.ConfigureAwait(false);
        try
        {
            await placement.ExecuteAsync(new RunRequest(run.Pipeline, Trigger, run.Partition, run.Id), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whoever ordered the run can see how it ended, also when it never came to be one.
            var cancelled = e is OperationCanceledException && _stop.IsCancellationRequested;
            if (!cancelled)
                Log.RunNotPlaced(log, e, run.Id, run.Pipeline);
            await TrySaveAsync(run with
            {
                State = cancelled ? RunState.Cancelled : RunState.Failed,
                FinishedAt = clock.GetUtcNow(),
                Error = cancelled ? "The host stopped." : e is DataEngineXException ? e.Message : "The run could not be started; the log holds the cause.",
            }).ConfigureAwait(false);
        }
        finally
        {
            _atWork.TryRemove(run.Id, out _);
        }
    }

    private async Task TrySaveAsync(RunRecord run)
    {
        try
        {
            await metadata.SaveRunAsync(run, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.RunNotPlaced(log, e, run.Id, run.Pipeline);
        }
    }
}
