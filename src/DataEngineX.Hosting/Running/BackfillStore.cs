using System.Text.Json;
using DataEngineX.Hosting.Metadata;

namespace DataEngineX.Hosting.Running;

/// <summary>Keeps backfills in the metadata store: a record each, and the ids of the newest.</summary>
internal sealed class BackfillStore(IMetadataStore metadata)
{
    private const string Index = "backfills";
    private const int Remembered = 100;

    /// <summary>All that are remembered, newest first.</summary>
    public async ValueTask<List<BackfillRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var records = new List<BackfillRecord>();
        foreach (var id in Ids(await metadata.GetValueAsync(Index, cancellationToken).ConfigureAwait(false)))
        {
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record)
                records.Add(record);
        }

        return records;
    }

    public async ValueTask<BackfillRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        Read(await metadata.GetValueAsync(KeyOf(id), cancellationToken).ConfigureAwait(false));

    /// <summary>Adds one, and forgets the oldest of those that ended.</summary>
    public async ValueTask AddAsync(BackfillRecord record, CancellationToken cancellationToken)
    {
        await metadata.TrySetValueAsync(KeyOf(record.Id), Write(record), null, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var known = await metadata.GetValueAsync(Index, cancellationToken).ConfigureAwait(false);
            List<string> ids = [record.Id, .. Ids(known)];
            var forgotten = ids.Count > Remembered ? await OldestEndedAsync(ids, cancellationToken).ConfigureAwait(false) : null;
            if (forgotten is not null)
                ids.Remove(forgotten);
            if (!await metadata.TrySetValueAsync(Index, JsonSerializer.Serialize([.. ids], MetadataJson.Default.StringArray), known, cancellationToken).ConfigureAwait(false))
                continue;
            if (forgotten is not null && await metadata.GetValueAsync(KeyOf(forgotten), cancellationToken).ConfigureAwait(false) is { } text)
                await metadata.TrySetValueAsync(KeyOf(forgotten), null, text, cancellationToken).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>Changes one, whoever else does at the same time.</summary>
    /// <returns>The record as it is now, or null when there is none.</returns>
    public async ValueTask<BackfillRecord?> ChangeAsync(string id, Func<BackfillRecord, BackfillRecord> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = await metadata.GetValueAsync(KeyOf(id), cancellationToken).ConfigureAwait(false);
            if (Read(text) is not { } record)
                return null;
            var changed = change(record);
            if (Equals(changed, record) || await metadata.TrySetValueAsync(KeyOf(id), Write(changed), text, cancellationToken).ConfigureAwait(false))
                return changed;
        }
    }

    private async ValueTask<string?> OldestEndedAsync(List<string> ids, CancellationToken cancellationToken)
    {
        for (var i = ids.Count - 1; i > 0; i--)
        {
            if (await FindAsync(ids[i], cancellationToken).ConfigureAwait(false) is not { State: RunState.Running })
                return ids[i];
        }

        return null;
    }

    private static string KeyOf(string id) => $"backfill/{id}";

    private static string[] Ids(string? text) => text is null ? [] : JsonSerializer.Deserialize(text, MetadataJson.Default.StringArray)!;

    private static BackfillRecord? Read(string? text) => text is null ? null : JsonSerializer.Deserialize(text, MetadataJson.Default.BackfillRecord);

    private static string Write(BackfillRecord record) => JsonSerializer.Serialize(record, MetadataJson.Default.BackfillRecord);
}
