using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Writes the actions of a commit.</summary>
internal static class LogEntryComposer
{
    internal static byte[] Compose(
        DatasetId table, LogState? state, Schema schema, TableChange change, CommitIntent intent, DateTimeOffset now)
    {
        var time = TimeOf(state, now);
        var actions = new List<DeltaAction> { new() { CommitInfo = Info(change, intent, time) with { InCommitTimestamp = InCommit(state, time), Tags = Tags(state, change, intent) } } };
        if (state is null)
        {
            actions.Add(new DeltaAction { Protocol = DeltaProtocol.For(schema) });
            actions.Add(new DeltaAction
            {
                MetaData = new MetadataAction
                {
                    Id = IdOf(table),
                    Name = table.Name,
                    SchemaString = DeltaSchema.Write(schema),
                    PartitionColumns = intent.PartitionColumns,
                    CreatedTime = time,
                },
            });
        }

        if (change.Protocol is not null)
            actions.Add(new DeltaAction { Protocol = change.Protocol });
        if (change.Metadata is not null)
            actions.Add(new DeltaAction { MetaData = change.Metadata });
        if (intent.Record is { } record)
        {
            actions.Add(new DeltaAction { Txn = new TxnAction { AppId = record.AppId, Version = record.Sequence, LastUpdated = time } });
            actions.Add(new DeltaAction
            {
                DomainMetadata = new DomainMetadataAction
                {
                    Domain = CommitRecord.DomainOf(record.Pipeline),
                    Configuration = PipelineRecords.Write(record, (state?.Version ?? -1) + 1),
                },
            });
        }

        var added = change.Added;
        if (state is not null && RowNumbering.IsAsked(change.Protocol ?? state.Protocol, change.Metadata ?? state.Metadata))
        {
            added = RowNumbering.Number(state, added, out var numbers);
            if (numbers is not null)
                actions.Add(new DeltaAction { DomainMetadata = numbers });
        }

        actions.AddRange(change.Removed.Select(file => new DeltaAction { Remove = Removal(file, time) with { DataChange = change.ChangesRows } }));
        actions.AddRange(added.Select(add => new DeltaAction { Add = add with { DataChange = change.ChangesRows } }));
        actions.AddRange(change.Changes.Select(file => new DeltaAction { Cdc = file }));
        return LogEntry.Write(actions);
    }

    /// <summary>The time of the next commit: times of a log never run backwards, whatever the clocks of the machines that write it.</summary>
    internal static long TimeOf(LogState? state, DateTimeOffset now)
    {
        var last = state?.Timestamp.ToUnixTimeMilliseconds() ?? 0;
        return Math.Max(now.ToUnixTimeMilliseconds(), InCommit(state, last) is null ? last : last + 1);
    }

    /// <summary>The time as the entry itself must tell it; null where the table does not ask for that.</summary>
    internal static long? InCommit(LogState? state, long time) =>
        string.Equals(state?.Metadata.Configuration.GetValueOrDefault(DeltaProtocol.EnableInCommitTimestamps), "true", StringComparison.OrdinalIgnoreCase) ? time : null;

    /// <summary>The action that takes a file out of the table.</summary>
    internal static RemoveAction Removal(DataFile file, long time) => new()
    {
        Path = file.Add.Path,
        DeletionTimestamp = time,
        DataChange = true,
        ExtendedFileMetadata = true,
        PartitionValues = file.PartitionValues,
        Size = file.Size,
        Stats = file.StoredRows is { } rows ? $"{{\"numRecords\":{rows}}}" : null,
        DeletionVector = file.DeletionVector,
        BaseRowId = file.Add.BaseRowId,
        DefaultRowCommitVersion = file.Add.DefaultRowCommitVersion,
    };

    private static Dictionary<string, JsonElement>? Tags(LogState? state, TableChange change, CommitIntent intent) =>
        RowNumbering.Preserves(state, change.Removed.Count > 0 && change.Added.Count > 0 && !intent.OnlyAdds) is { } preserves
            ? new Dictionary<string, JsonElement> { ["delta.rowTracking.preserved"] = Text(preserves ? "true" : "false") }
            : null;

    private static CommitInfo Info(TableChange change, CommitIntent intent, long time)
    {
        var parameters = new Dictionary<string, JsonElement>();
        if (intent.Record is { } record)
            parameters["pipeline"] = Text(record.Pipeline);
        if (intent.Key.Count > 0)
            parameters["key"] = Text(string.Join(",", intent.Key));
        return new CommitInfo
        {
            Timestamp = time,
            Operation = change.Operation,
            OperationParameters = parameters,
            IsBlindAppend = change.Removed.Count == 0 && change.Read is null,
            EngineInfo = TableOperations.Engine,
            OperationMetrics = new Dictionary<string, JsonElement>
            {
                ["numInsertedRows"] = Text(change.Inserted),
                ["numDeletedRows"] = Text(change.Deleted),
                ["numUpdatedRows"] = Text(change.Updated),
                ["numUnchangedRows"] = Text(change.Unchanged),
                ["numDeduplicatedRows"] = Text(change.Deduplicated),
                ["numAddedFiles"] = Text(change.Added.Count),
                ["numRemovedFiles"] = Text(change.Removed.Count),
            },
            RunId = intent.Record?.RunId,
            Verdicts = CommitSummary.Of(intent.Record?.Verdicts ?? []),
            Lineage = CommitSummary.Of(intent.Record?.Lineage),
        };
    }

    /// <summary>An id that follows from the name, so that the same run writes the same log.</summary>
    private static string IdOf(DatasetId table) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("dataenginex:" + table))[..16]).ToString();

    internal static JsonElement Text(long value) => Text(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, TableJson.Log.String);
}
