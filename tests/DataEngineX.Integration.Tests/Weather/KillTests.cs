using static DataEngineX.FailpointNames;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>
/// Kills a process of its own at every failpoint there is, and looks whether doing its work again gives what no crash would have given: to our reader and to
/// another one, in cursors, run records and leases; and whether doing it once more changes nothing.
/// </summary>
[Collection(nameof(PreparedWeather))]
public sealed class KillTests(KilledProcesses processes) : IClassFixture<KilledProcesses>
{
    [Fact]
    public void Every_failpoint_has_a_process_that_is_killed_there() =>
        Assert.Equal(All.Order(StringComparer.Ordinal), Cases(Described).Select(c => c.Place.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    public static TheoryData<string> Names() => [.. Cases(Described).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Work_that_was_cut_off_and_done_again_gives_what_no_crash_would_have_given(string name) => processes.OutcomeAsync(name);

    // To name the cases nothing of them is needed.
    private static KillWorks Described => new(null!, new Uri("http://127.0.0.1/"));

    internal static IReadOnlyList<KillCase> Cases(KillWorks works) =>
    [
        new(LeaseTaken, works.Silver),
        new(RunStarted, works.Raw),
        new(InputsPinned, works.Silver),
        new(FirstBatchRead, works.Raw),
        new(FirstBatchRead, works.Bronze),
        new(FirstBatchRead, works.Silver),
        new(FirstBatchRead, works.Rows),
        new(FirstBatchRead, works.Pages),
        new(TurnTaken, works.Months),
        new(BeforeQuarantineCommit, works.Bronze),
        new(QuarantineCommitted, works.Bronze),
        new(BeforeTargetCommit, works.Export),
        new(TargetCommitted, works.Pages),
        new(EvidenceSaved, works.Silver),
        new(StepSaved, works.Years),
        new(BeforeEndSaved, works.Silver),
        new(EndSaved, works.Silver),
        new(LeaseReleased, works.Silver),
        new(ObjectPut, works.Raw),
        new(FileWritten, works.Export),
        new(FilePlaced, works.Export),
        new(FileWritten, works.Archive),
        new(DataFileOpen, works.Compact),
        new(RowGroupWritten, works.Numbers),
        new(DataFileClosed, works.Silver),
        new($"{DataFileClosed}:2", works.Silver),
        new(RowsStaged, works.Merge),
        new(ChangeFilesWritten, works.Merge),
        new(DeletionVectorsWritten, works.Delete),
        new(FilesCompacted, works.Compact),
        new(DataFilesWritten, works.Compact),
        new(BeforeConflictCheck, works.Delete),
        new(BeforeLogEntry, works.Merge),
        new(RaceLost, works.Race),
        new(LogEntryWritten, works.Compact),
        new(PendingTakenBack, works.Successor),
        new(CheckpointWritten, works.Checkpoint),
        new(CheckpointTold, works.Checkpoint),
        new(LogFileCleaned, works.Checkpoint),
        new($"{LogFileCleaned}:3", works.Checkpoint),
        new(BeforeRestore, works.Restore),
        new(LogEntryWritten, works.Restore),
        new(FileVacuumed, works.Vacuum),
        new($"{FileVacuumed}:3", works.Vacuum),
        new(SlotClaimed, works.Slot),
        new(BackfillOrdered, works.Order),
        new(BackfillRunEnded, works.Backfill),
        new(BackfillRunEnded, works.Order),
        new(BackfillBeforeEndSaved, works.Order),
    ];
}
