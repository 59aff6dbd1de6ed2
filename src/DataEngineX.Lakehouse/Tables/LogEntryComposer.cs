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
        DatasetId table, LogState? state, Schema schema, TableChange change, CommitRecord record, IReadOnlyList<string> key, DateTimeOffset now)
    {
        var millis = now.ToUnixTimeMilliseconds();

        // Times of a log never run backwards, whatever the clocks of the machines that write it.
        var time = Math.Max(millis, state?.Timestamp.ToUnixTimeMilliseconds() ?? 0);
        var actions = new List<DeltaAction> { new() { CommitInfo = Info(change, record, key, time) } };
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
                    CreatedTime = time,
                },
            });
        }

        actions.Add(new DeltaAction { Txn = new TxnAction { AppId = record.AppId, Version = record.Sequence, LastUpdated = time } });
        actions.Add(new DeltaAction
        {
            DomainMetadata = new DomainMetadataAction { Domain = CommitRecord.DomainOf(record.Pipeline), Configuration = PipelineRecords.Write(record, (state?.Version ?? -1) + 1) },
        });
        actions.AddRange(change.Removed.Select(file => new DeltaAction { Remove = Removal(file, time) }));
        actions.AddRange(change.Added.Select(add => new DeltaAction { Add = add }));
        return LogEntry.Write(actions);
    }

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
    };

    private static CommitInfo Info(TableChange change, CommitRecord record, IReadOnlyList<string> key, long time)
    {
        var parameters = new Dictionary<string, JsonElement> { ["pipeline"] = Text(record.Pipeline) };
        if (key.Count > 0)
            parameters["key"] = Text(string.Join(",", key));
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
                ["numUpdatedRows"] = Text(change.Updated),
                ["numUnchangedRows"] = Text(change.Unchanged),
                ["numDeduplicatedRows"] = Text(change.Deduplicated),
                ["numAddedFiles"] = Text(change.Added.Count),
                ["numRemovedFiles"] = Text(change.Removed.Count),
            },
            RunId = record.RunId,
            Verdicts = CommitSummary.Of(record.Verdicts),
            Lineage = CommitSummary.Of(record.Lineage),
        };
    }

    /// <summary>An id that follows from the name, so that the same run writes the same log.</summary>
    private static string IdOf(DatasetId table) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("dataenginex:" + table))[..16]).ToString();

    internal static JsonElement Text(long value) => Text(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, TableJson.Log.String);
}
