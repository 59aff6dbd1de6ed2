namespace DataEngineX;

/// <summary>The names of all failpoints, in the order a run passes them.</summary>
public static class FailpointNames
{
    /// <summary>After the run record was written, before anything is read.</summary>
    public const string RunStarted = "run.started";

    /// <summary>After a data file was begun, before it is complete.</summary>
    public const string DataFileOpen = "table.data_file_open";

    /// <summary>After the data files are written, before the log entry.</summary>
    public const string DataFilesWritten = "table.data_files_written";

    /// <summary>After the quarantine was committed, before the target's data files are complete.</summary>
    public const string QuarantineCommitted = "run.quarantine_committed";

    /// <summary>After quarantine commit, directly before the target's commit.</summary>
    public const string BeforeTargetCommit = "run.before_target_commit";

    /// <summary>After a log entry was written.</summary>
    public const string LogEntryWritten = "table.log_entry_written";

    /// <summary>After the target's commit, before the run record says so.</summary>
    public const string TargetCommitted = "run.target_committed";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } =
        [RunStarted, DataFileOpen, DataFilesWritten, QuarantineCommitted, BeforeTargetCommit, LogEntryWritten, TargetCommitted];
}
