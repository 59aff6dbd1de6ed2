using System.Collections.Concurrent;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>Runs that end when the test says so.</summary>
internal sealed class FakePlacement(IMetadataStore metadata, TimeProvider clock) : IRunPlacement
{
    public ConcurrentQueue<RunRequest> Orders { get; } = [];

    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? Failure { get; set; }

    public async ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        Orders.Enqueue(request);
        if (Failure is { } failure)
            throw failure;
        await Gate.Task.WaitAsync(cancellationToken);
        var run = new RunRecord
        {
            Id = request.RunId!,
            Pipeline = request.Pipeline,
            State = RunState.Succeeded,
            Trigger = request.Trigger,
            Partition = request.Partition,
            StartedAt = clock.GetUtcNow(),
            FinishedAt = clock.GetUtcNow(),
            Rows = new RunRows { Read = 10, Written = 8, Filtered = 1, Quarantined = 1 },
        };
        await metadata.SaveRunAsync(run, cancellationToken);
        return run;
    }
}
