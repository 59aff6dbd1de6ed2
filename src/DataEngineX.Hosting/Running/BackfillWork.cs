using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Running;

/// <summary>A backfill that this host makes, with the runs that it hears of. It holds a lease, so that no other host makes it too.</summary>
internal sealed class BackfillWork(BackfillRecord record, Lease lease, Partitioning partitioning) : IProgress<RunRecord>
{
    private readonly Lock _lock = new();

    // Not disposed: an order to stop may come at any time, and without a timer it holds nothing.
    public CancellationTokenSource Stop { get; } = new();

    public Lease Lease { get; } = lease;

    public BackfillRecord Record { get; private set; } = record;

    /// <summary>How it stood when this host took it up.</summary>
    public BackfillRecord Before { get; } = record;

    /// <summary>The partitions that it had done when this host took it up.</summary>
    public long DoneBefore { get; } = record.PartitionsDone ?? 0;

    public Task Task { get; set; } = Task.CompletedTask;

    /// <summary>Whether another host has taken it: this one writes nothing of it any more.</summary>
    public bool IsLost { get; set; }

    public void Report(RunRecord value)
    {
        var isDone = value.State == RunState.Succeeded;
        var done = isDone && value.Partition is { } names ? partitioning.Parse(names).Count : 0;
        Change(r => r with { Runs = r.Runs + 1, FailedRuns = r.FailedRuns + (isDone ? 0 : 1), PartitionsDone = (r.PartitionsDone ?? 0) + done, Rescues = 0 });
    }

    public void Change(Func<BackfillRecord, BackfillRecord> change)
    {
        lock (_lock)
            Record = change(Record);
    }
}
