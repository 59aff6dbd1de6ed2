using System.Text.Json;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Writes the state of a version as one Parquet file, from which on readers need no older entry, and the hint that tells of it.</summary>
internal sealed class CheckpointWriter(IObjectStore store, string folder, IFailpoints failpoints)
{
    private const int BatchRows = 8_192;

    private string LogFolder => $"{folder}/{LogNames.Folder}";

    /// <summary>Writes the checkpoint of a version.</summary>
    /// <param name="state">The version.</param>
    /// <param name="tombstones">The removed files that readers of older versions may still need.</param>
    /// <param name="now">The time by which counters of applications grow old.</param>
    /// <param name="cancellationToken">Ends the write; nothing is visible then.</param>
    internal async Task WriteAsync(
        LogState state, IReadOnlyCollection<RemoveAction> tombstones, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new CheckpointBatch(state);
        var count = 0L;
        var target = await store.CreateAsync($"{LogFolder}/{LogNames.Checkpoint(state.Version)}", cancellationToken).ConfigureAwait(false);
        await using var closing = target.ConfigureAwait(false);
        var options = new ParquetWriteOptions { RowGroupRows = 2 * BatchRows };
        var file = await ParquetFileWriter.CreateAsync(target.Stream, rows.Schema, options, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            foreach (var actions in Actions(state, tombstones, now).Chunk(BatchRows))
            {
                using var batch = rows.Of(actions);
                await file.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                count += actions.Length;
            }

            await file.FinishAsync(cancellationToken).ConfigureAwait(false);
        }

        var bytes = await target.CommitAsync(cancellationToken).ConfigureAwait(false);
        await failpoints.HitAsync(FailpointNames.CheckpointWritten, cancellationToken).ConfigureAwait(false);
        var hint = new LastCheckpoint { Version = state.Version, Size = count, SizeInBytes = bytes, NumOfAddFiles = state.Files.Count };
        await PutHintAsync(hint, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<DeltaAction> Actions(LogState state, IReadOnlyCollection<RemoveAction> tombstones, DateTimeOffset now)
    {
        yield return new DeltaAction { Protocol = state.Protocol };
        yield return new DeltaAction { MetaData = state.Metadata };
        var oldest = new DeltaSettings(state.Metadata).TransactionRetention is { } kept ? (now - kept).ToUnixTimeMilliseconds() : long.MinValue;
        foreach (var txn in state.Txns.Values.Where(t => t.LastUpdated is null || t.LastUpdated > oldest))
            yield return new DeltaAction { Txn = txn };
        foreach (var (domain, entry) in state.Domains)
            yield return new DeltaAction { DomainMetadata = new DomainMetadataAction { Domain = domain, Configuration = entry.Configuration } };
        foreach (var remove in tombstones)
            yield return new DeltaAction { Remove = remove };
        foreach (var file in state.Files)
            yield return new DeltaAction { Add = file.Add };
    }

    /// <summary>Puts the hint, unless a newer checkpoint has put one already.</summary>
    private async Task PutHintAsync(LastCheckpoint hint, CancellationToken cancellationToken)
    {
        if (await new LogReader(store, folder).ReadHintAsync(cancellationToken).ConfigureAwait(false) is { } known && known.Version > hint.Version)
            return;
        var root = JsonSerializer.SerializeToElement(hint, DeltaJson.Log.LastCheckpoint);
        var content = JsonSerializer.SerializeToUtf8Bytes(hint with { Checksum = JsonChecksum.Of(root) }, DeltaJson.Log.LastCheckpoint);
        await store.PutAsync($"{LogFolder}/{LogNames.LastCheckpoint}", content, cancellationToken).ConfigureAwait(false);
    }
}
