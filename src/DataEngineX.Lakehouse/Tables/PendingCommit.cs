using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A commit to a quarantine whose run never published its target, and which another run takes back before it makes its own.</summary>
/// <param name="table">The quarantine table.</param>
/// <param name="record">What the pipeline said with it.</param>
/// <param name="version">Its version.</param>
internal sealed class PendingCommit(TableContext table, CommitRecord record, long version)
{
    private const string Operation = "take back";

    /// <summary>
    /// Removes the files that it added, brings those back that it removed, and lets the pipeline stand where it stood before. Losing the race for the version
    /// is no error: whoever won is looked at next.
    /// </summary>
    /// <param name="newest">The newest version.</param>
    /// <param name="token">The fencing token of the run that takes it back: from then on the run that died is fenced.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask TakeBackAsync(LogState newest, long token, CancellationToken cancellationToken)
    {
        var before = version == 0 ? null : await table.Log.GetAsync(version - 1, cancellationToken).ConfigureAwait(false);
        var entry = await table.Log.Reader.TryReadEntryAsync(version, cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{table.Id}: version {version}, which run {record.RunId} left without its target, cannot be taken back, because the log does not hold its entry any more.");
        var added = entry.Actions.Select(a => a.Add).OfType<AddAction>().Select(a => DeltaPaths.Decode(a.Path)).ToHashSet(StringComparer.Ordinal);
        var removed = entry.Actions.Select(a => a.Remove).OfType<RemoveAction>().Select(r => before?.Files.Find(DeltaPaths.Decode(r.Path))).OfType<DataFile>();
        var time = LogEntryComposer.TimeOf(newest, table.Clock.GetUtcNow());
        List<DeltaAction> actions =
        [
            new() { CommitInfo = new CommitInfo { Timestamp = time, Operation = Operation, IsBlindAppend = false, EngineInfo = TableOperations.Engine, RunId = record.RunId, InCommitTimestamp = LogEntryComposer.InCommit(newest, time) } },
            new() { DomainMetadata = Standing(before, token) },
            .. newest.Files.Where(f => added.Contains(f.Path)).Select(f => new DeltaAction { Remove = LogEntryComposer.Removal(f, time) }),
            .. removed.Where(f => newest.Files.Find(f.Path) is not { } there || added.Contains(there.Path)).Select(f => new DeltaAction { Add = f.Add with { DataChange = true } }),
        ];
        var key = $"{table.Folder}/{LogNames.Folder}/{LogNames.Entry(newest.Version + 1)}";
        await table.Store.PutIfAbsentAsync(key, LogEntry.Write(actions), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The record that the pipeline had before; where it had none it has none.</summary>
    private DomainMetadataAction Standing(LogState? before, long token)
    {
        var domain = CommitRecord.DomainOf(record.Pipeline);
        return PipelineRecords.Of(before, record.Pipeline) is var (last, of)
            ? new DomainMetadataAction { Domain = domain, Configuration = PipelineRecords.Write(last with { FencingToken = token }, of) }
            : new DomainMetadataAction { Domain = domain, Configuration = PipelineRecords.Write(record), Removed = true };
    }
}
