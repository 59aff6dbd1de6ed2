using System.Text.Json;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Makes a table what it was at an earlier version, by a commit after the newest.</summary>
internal sealed class TableRestore(TableContext table, LogState wanted)
{
    private const int ParallelLooks = 8;

    /// <summary>Commits.</summary>
    /// <returns>The version made, or the newest when it is alike already.</returns>
    internal async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var newest = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new DataEngineXException($"{table.Id} has no version yet.");
            DeltaProtocol.CheckWritable(table.Folder, newest);
            var (there, back) = (newest.Files.ToHashSet(), wanted.Files.ToHashSet());
            var removed = newest.Files.Where(f => !back.Contains(f)).ToList();
            var added = wanted.Files.Where(f => !there.Contains(f)).ToList();
            if (removed.Count > 0 && new DeltaSettings(newest.Metadata).IsAppendOnly)
                throw new DataEngineXException($"{table.Id} is append-only; it cannot be restored to a version with fewer rows.");
            ProtocolFeatures.CheckKept(table.Id, wanted, newest.Protocol);
            await CheckThereAsync(added, cancellationToken).ConfigureAwait(false);
            var time = LogEntryComposer.TimeOf(newest, table.Clock.GetUtcNow());
            var metadata = RestoredMetadata.Of(wanted.Metadata, newest.Metadata);
            IReadOnlyList<AddAction> adds = [.. added.Select(f => f.Add with { DataChange = true })];
            DomainMetadataAction? numbers = null;
            if (RowNumbering.IsAsked(newest.Protocol, metadata))
                adds = RowNumbering.Number(newest, adds, out numbers);
            List<DeltaAction> changes =
            [
                .. metadata.Describes(newest.Metadata) ? [] : new[] { new DeltaAction { MetaData = metadata } },
                .. new RewoundDomains(table, wanted, newest).Actions(time),
                .. numbers is null ? [] : new[] { new DeltaAction { DomainMetadata = numbers } },
                .. removed.Select(f => new DeltaAction { Remove = LogEntryComposer.Removal(f, time) }),
                .. adds.Select(add => new DeltaAction { Add = add }),
            ];
            if (changes.Count == 0)
                return newest.Version;
            var entry = LogEntry.Write(changes.Prepend(new DeltaAction { CommitInfo = Info(time, removed, added) with { InCommitTimestamp = LogEntryComposer.InCommit(newest, time) } }));
            var key = $"{table.Folder}/{LogNames.Folder}/{LogNames.Entry(newest.Version + 1)}";
            await table.Failpoints.HitAsync(FailpointNames.BeforeRestore, cancellationToken).ConfigureAwait(false);
            if (!await table.Store.PutIfAbsentAsync(key, entry, cancellationToken).ConfigureAwait(false))
                continue;
            await table.Failpoints.HitAsync(FailpointNames.LogEntryWritten, CancellationToken.None).ConfigureAwait(false);
            await TableCheckpoints.AfterAsync(table, newest.Version + 1, cancellationToken).ConfigureAwait(false);
            return newest.Version + 1;
        }
    }

    private CommitInfo Info(long time, List<DataFile> removed, List<DataFile> added) => new()
    {
        Timestamp = time,
        Operation = TableOperations.Restore,
        OperationParameters = new Dictionary<string, JsonElement> { ["version"] = LogEntryComposer.Text(wanted.Version) },
        IsBlindAppend = false,
        EngineInfo = TableOperations.Engine,
        OperationMetrics = new Dictionary<string, JsonElement>
        {
            ["numRestoredFiles"] = LogEntryComposer.Text(added.Count),
            ["numRemovedFiles"] = LogEntryComposer.Text(removed.Count),
        },
    };

    /// <summary>Files that a vacuum took cannot come back.</summary>
    private async ValueTask CheckThereAsync(List<DataFile> files, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelLooks, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files.SelectMany(f => FileKeys.Of(table, f.Path, f.DeletionVector)), options, async (key, token) =>
        {
            if (await table.Store.HeadAsync(key, token).ConfigureAwait(false) is null)
                throw new DataEngineXException($"{table.Id} cannot be restored to version {wanted.Version}: its file {key} is gone.");
        }).ConfigureAwait(false);
    }
}
