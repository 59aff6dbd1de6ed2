namespace DataEngineX;

/// <summary>The names of all failpoints: of runs in the order in which a run passes them, then of tables, sources, targets and the host.</summary>
/// <remarks>What stands on disk and in the metadata store at each place is told in <c>docs/failpoints.md</c>.</remarks>
public static class FailpointNames
{
    /// <summary>After the lease was taken, before the run record is written.</summary>
    public const string LeaseTaken = "run.lease_taken";

    /// <summary>After the run record was written, before anything is read.</summary>
    public const string RunStarted = "run.started";

    /// <summary>After the versions of all inputs were fixed and the run was planned, before a row is read.</summary>
    public const string InputsPinned = "run.inputs_pinned";

    /// <summary>After the first batch of a source was read, before any operator has it; once for each source that is read.</summary>
    public const string FirstBatchRead = "source.first_batch_read";

    /// <summary>After a run over partitions got its turn to commit, before the quarantine's commit.</summary>
    public const string TurnTaken = "run.turn_taken";

    /// <summary>After the target took all rows, before the quarantine's commit.</summary>
    public const string BeforeQuarantineCommit = "run.before_quarantine_commit";

    /// <summary>After the quarantine was committed, before the target's data files are complete.</summary>
    public const string QuarantineCommitted = "run.quarantine_committed";

    /// <summary>After quarantine commit, directly before the target's commit.</summary>
    public const string BeforeTargetCommit = "run.before_target_commit";

    /// <summary>After the target's commit, before the run record says so.</summary>
    public const string TargetCommitted = "run.target_committed";

    /// <summary>After verdicts and lineage of a commit were saved.</summary>
    public const string EvidenceSaved = "run.evidence_saved";

    /// <summary>Between two steps of a long run: the record tells of the step that is published, the next one has not begun.</summary>
    public const string StepSaved = "run.step_saved";

    /// <summary>After the last step of a run, before its final record is saved.</summary>
    public const string BeforeEndSaved = "run.before_end_saved";

    /// <summary>After the final record was saved, while the lease is held still.</summary>
    public const string EndSaved = "run.end_saved";

    /// <summary>After the lease was given back.</summary>
    public const string LeaseReleased = "run.lease_released";

    /// <summary>After a data file was begun, before it is complete.</summary>
    public const string DataFileOpen = "table.data_file_open";

    /// <summary>After a row group was written, in the middle of a data file.</summary>
    public const string RowGroupWritten = "table.row_group_written";

    /// <summary>After a data file got its name, before the next one.</summary>
    public const string DataFileClosed = "table.data_file_closed";

    /// <summary>After rows that wait for the commit were put aside in a scratch file.</summary>
    public const string RowsStaged = "table.rows_staged";

    /// <summary>After the files of the change data feed are complete, before those of the rows are.</summary>
    public const string ChangeFilesWritten = "table.change_files_written";

    /// <summary>After the file of deletion vectors was written, before changed rows are.</summary>
    public const string DeletionVectorsWritten = "table.deletion_vectors_written";

    /// <summary>After some small files were written together, before the next ones are.</summary>
    public const string FilesCompacted = "table.files_compacted";

    /// <summary>After the data files are written, before the log entry.</summary>
    public const string DataFilesWritten = "table.data_files_written";

    /// <summary>After all files are written, before commits made meanwhile are looked at.</summary>
    public const string BeforeConflictCheck = "table.before_conflict_check";

    /// <summary>After the conflict check, directly before the log entry is put.</summary>
    public const string BeforeLogEntry = "table.before_log_entry";

    /// <summary>After another writer's log entry came first, before the next try.</summary>
    public const string RaceLost = "table.race_lost";

    /// <summary>After a log entry was written.</summary>
    public const string LogEntryWritten = "table.log_entry_written";

    /// <summary>After a quarantine's commit whose target never followed was taken back, before the run's own.</summary>
    public const string PendingTakenBack = "table.pending_taken_back";

    /// <summary>After a checkpoint was written, before the hint tells of it.</summary>
    public const string CheckpointWritten = "table.checkpoint_written";

    /// <summary>After the hint tells of a checkpoint, before the log is cleaned.</summary>
    public const string CheckpointTold = "table.checkpoint_told";

    /// <summary>After one file of the log was cleaned away, before the next one.</summary>
    public const string LogFileCleaned = "table.log_file_cleaned";

    /// <summary>After the entry that restores a table was composed, before it is put.</summary>
    public const string BeforeRestore = "table.before_restore";

    /// <summary>After a vacuum deleted one file, before the next one.</summary>
    public const string FileVacuumed = "table.file_vacuumed";

    /// <summary>After received content was put as an object, before a row tells of it.</summary>
    public const string ObjectPut = "raw.object_put";

    /// <summary>After a file target's file is complete, before it takes its place.</summary>
    public const string FileWritten = "file.written";

    /// <summary>After a text file took its place, before the record beside it says so.</summary>
    public const string FilePlaced = "file.placed";

    /// <summary>After a slot of a schedule was claimed, before its run waits.</summary>
    public const string SlotClaimed = "schedule.slot_claimed";

    /// <summary>After a backfill's record was saved, before its first run.</summary>
    public const string BackfillOrdered = "backfill.ordered";

    /// <summary>After one run of a backfill ended, before the next one.</summary>
    public const string BackfillRunEnded = "backfill.run_ended";

    /// <summary>After the last run of a backfill, before its final record is saved.</summary>
    public const string BackfillBeforeEndSaved = "backfill.before_end_saved";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        LeaseTaken, RunStarted, InputsPinned, FirstBatchRead, TurnTaken, BeforeQuarantineCommit, QuarantineCommitted, BeforeTargetCommit, TargetCommitted,
        EvidenceSaved, StepSaved, BeforeEndSaved, EndSaved, LeaseReleased,
        DataFileOpen, RowGroupWritten, DataFileClosed, RowsStaged, ChangeFilesWritten, DeletionVectorsWritten, FilesCompacted, DataFilesWritten,
        BeforeConflictCheck, BeforeLogEntry, RaceLost, LogEntryWritten, PendingTakenBack,
        CheckpointWritten, CheckpointTold, LogFileCleaned, BeforeRestore, FileVacuumed,
        ObjectPut, FileWritten, FilePlaced,
        SlotClaimed, BackfillOrdered, BackfillRunEnded, BackfillBeforeEndSaved,
    ];
}
