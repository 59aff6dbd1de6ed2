using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the log of one table from the store.</summary>
internal sealed class LogReader(IObjectStore store, string folder)
{
    private const int ParallelReads = 8;
    private const int EntriesAtOnce = 256;

    private string LogFolder => $"{folder}/{LogNames.Folder}";

    /// <summary>The newest version, or null when the table has none.</summary>
    internal async Task<LogState?> ReadNewestAsync(CancellationToken cancellationToken)
    {
        var hint = await ReadHintAsync(cancellationToken).ConfigureAwait(false);
        if (hint is { Version: > 0 })
        {
            var tail = await LogListing.ReadAsync(store, folder, hint.Version, cancellationToken).ConfigureAwait(false);
            try
            {
                if (tail.Checkpoints(long.MaxValue).Any())
                    return await ReplayAsync(tail, tail.Newest, cancellationToken).ConfigureAwait(false);
            }
            catch (DataEngineXException)
            {
                // The whole log, which is read next, may hold what this part of it lacks.
            }
        }

        var listing = await LogListing.ReadAsync(store, folder, 0, cancellationToken).ConfigureAwait(false);
        return listing.IsEmpty ? null : await ReplayAsync(listing, listing.Newest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One version.</summary>
    /// <exception cref="DataEngineXException">There is no such version, or the log does not hold it any more.</exception>
    internal async Task<LogState> ReadAsync(long version, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(store, folder, 0, cancellationToken).ConfigureAwait(false);
        if (version > listing.Newest)
            throw new DataEngineXException($"Table {folder} has no version {version}; the newest is {listing.Newest}.");
        return await ReplayAsync(listing, version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The entry of a version, or null when there is none.</summary>
    internal async Task<LogEntry?> TryReadEntryAsync(long version, CancellationToken cancellationToken)
    {
        var key = $"{folder}/{LogNames.Folder}/{LogNames.Entry(version)}";
        try
        {
            var stream = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var content = new byte[stream.Length];
                await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                return LogEntry.Parse(version, key, content) with { Mark = LogMark.Of(content) };
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The mark of a version's entry, or null when there is none.</summary>
    internal async Task<string?> ReadMarkAsync(long version, CancellationToken cancellationToken) =>
        await TryReadStartAsync(version, cancellationToken).ConfigureAwait(false) is { } start ? LogMark.Of(start.Span) : null;

    /// <summary>What an entry says of itself, by its first line where it stands there, so that a large entry is not read whole.</summary>
    /// <exception cref="DataEngineXException">The entry is missing.</exception>
    internal async Task<CommitInfo?> ReadInfoAsync(long version, CancellationToken cancellationToken) =>
        await TryReadInfoAsync(version, cancellationToken).ConfigureAwait(false) ?? (await HasEntryAsync(version, cancellationToken).ConfigureAwait(false) ? null : throw Gap(version));

    private async Task<CommitInfo?> TryReadInfoAsync(long version, CancellationToken cancellationToken)
    {
        if (await TryReadStartAsync(version, cancellationToken).ConfigureAwait(false) is not { } start)
            return null;
        var end = start.Span.IndexOf((byte)'\n');
        if (end > 0 && LogEntry.Parse(version, $"{LogFolder}/{LogNames.Entry(version)}", start.Span[..end]).Info is { } info)
            return info;
        return (await TryReadEntryAsync(version, cancellationToken).ConfigureAwait(false))?.Info;
    }

    private async Task<ReadOnlyMemory<byte>?> TryReadStartAsync(long version, CancellationToken cancellationToken)
    {
        var start = new byte[LogMark.Bytes];
        try
        {
            return start.AsMemory(0, await store.ReadRangeAsync($"{LogFolder}/{LogNames.Entry(version)}", 0, start, cancellationToken).ConfigureAwait(false));
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    private async ValueTask<bool> HasEntryAsync(long version, CancellationToken cancellationToken) =>
        await store.HeadAsync($"{LogFolder}/{LogNames.Entry(version)}", cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The entries of a range of versions, both ends included, in order.</summary>
    /// <exception cref="DataEngineXException">One of them is missing.</exception>
    internal async Task<IReadOnlyList<LogEntry>> ReadEntriesAsync(long first, long last, CancellationToken cancellationToken)
    {
        var entries = new LogEntry[Math.Max(0, last - first + 1)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, entries.Length, options, async (i, token) =>
            entries[i] = await TryReadEntryAsync(first + i, token).ConfigureAwait(false) ?? throw Gap(first + i)).ConfigureAwait(false);
        return entries;
    }

    /// <summary>The files removed up to a version that may still be read: those with a time of removal after a limit.</summary>
    internal async Task<IReadOnlyCollection<RemoveAction>> ReadTombstonesAsync(long version, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(store, folder, 0, cancellationToken).ConfigureAwait(false);
        var (tombstones, at) = await ReadTombstonesAsync(listing, version, after, cancellationToken).ConfigureAwait(false);
        for (var first = at + 1; first <= version; first += EntriesAtOnce)
        {
            foreach (var entry in await ReadEntriesAsync(first, Math.Min(version, first + EntriesAtOnce - 1), cancellationToken).ConfigureAwait(false))
                tombstones.Apply(entry);
        }

        return tombstones.Removed;
    }

    private async Task<(Tombstones Tombstones, long Version)> ReadTombstonesAsync(
        LogListing listing, long version, DateTimeOffset after, CancellationToken cancellationToken)
    {
        foreach (var (at, names) in listing.Checkpoints(version - 1))
        {
            try
            {
                var tombstones = new Tombstones(after);
                await CheckpointReader.ReadAsync(store, LogFolder, names, tombstones, cancellationToken).ConfigureAwait(false);
                return (tombstones, at);
            }
            catch (DataEngineXException)
            {
                // An older checkpoint, or the entries alone, may still tell all.
            }
        }

        return (new Tombstones(after), -1);
    }

    private async Task<LogState> ReplayAsync(LogListing listing, long version, CancellationToken cancellationToken)
    {
        DataEngineXException? damaged = null;
        foreach (var (at, names) in listing.Checkpoints(version))
        {
            var builder = new LogStateBuilder(folder, null);
            try
            {
                await CheckpointReader.ReadAsync(store, LogFolder, names, new CheckpointState(builder, at), cancellationToken).ConfigureAwait(false);
                builder.Finish(at);
            }
            catch (DataEngineXException e)
            {
                damaged ??= e; // An older checkpoint, or the entries alone, may still tell the whole story.
                continue;
            }

            return await FinishAsync(builder, version, cancellationToken).ConfigureAwait(false);
        }

        if (!listing.HasEntry(0))
            throw damaged ?? Gap(0, listing.Incomplete(version));
        return await FinishAsync(new LogStateBuilder(folder, null), version, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LogState> FinishAsync(LogStateBuilder builder, long version, CancellationToken cancellationToken)
    {
        // A checkpoint does not say when it was; its entry, which is kept beside it, does. Later entries say it themselves.
        if (builder.Version >= 0 && builder.Version == version && await TryReadInfoAsync(version, cancellationToken).ConfigureAwait(false) is { } info)
            builder.Apply(new DeltaAction { CommitInfo = info }, version);
        if (builder.Version >= 0 && builder.Version == version)
            builder.Mark = await ReadMarkAsync(version, cancellationToken).ConfigureAwait(false);
        for (var first = builder.Version + 1; first <= version; first += EntriesAtOnce)
        {
            var last = Math.Min(version, first + EntriesAtOnce - 1);
            foreach (var entry in await ReadEntriesAsync(first, last, cancellationToken).ConfigureAwait(false))
                builder.Apply(entry);
        }

        return builder.Build();
    }

    private DataEngineXException Gap(long version, (long Version, int Parts, IReadOnlyList<int> Missing)? incomplete = null) => new(
        $"Table {folder} has a damaged log: the entry of version {version} is missing, and no readable checkpoint takes its place"
        + (incomplete is var (at, parts, missing) ? $": that of version {at} lacks {(missing.Count == 1 ? "part" : "parts")} {string.Join(", ", missing.Take(10))} of {parts}." : "."));

    /// <summary>What the hint says of the newest checkpoint, or null when there is none that can be believed.</summary>
    internal async Task<LastCheckpoint?> ReadHintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stream = await store.OpenReadAsync($"{LogFolder}/{LogNames.LastCheckpoint}", cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                using var hint = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
                return JsonChecksum.IsRight(hint.RootElement) ? hint.Deserialize(DeltaJson.Log.LastCheckpoint) : null;
            }
        }
        catch (Exception e) when (e is ObjectNotFoundException or JsonException or InvalidOperationException)
        {
            return null; // Only a hint: without it the whole folder is listed.
        }
    }
}
