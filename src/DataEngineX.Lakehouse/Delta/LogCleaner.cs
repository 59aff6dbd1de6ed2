namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Removes what the log no longer needs: entries and checkpoints before the newest checkpoint that is as old as the table keeps its log. From
/// that one on every version can still be read.
/// </summary>
internal sealed class LogCleaner(IObjectStore store, string folder, IFailpoints failpoints)
{
    /// <summary>Cleans.</summary>
    /// <param name="before">Versions made before this day's midnight may go, as far as newer ones do not need them.</param>
    /// <param name="needed">A version that must stay readable, whatever its age; null for none.</param>
    /// <param name="cancellationToken">Ends the work; what is left is cleaned the next time.</param>
    internal async Task CleanAsync(DateTimeOffset before, long? needed, CancellationToken cancellationToken)
    {
        var cutoff = new DateTimeOffset(before.UtcDateTime.Date, TimeSpan.Zero);
        var prefix = $"{folder}/{LogNames.Folder}/";
        var listing = new LogListing();
        var files = new List<(long Version, string Key)>();
        long newest = -1;
        var latest = DateTimeOffset.MinValue;
        await foreach (var info in store.ListAsync(prefix, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var name = info.Key[prefix.Length..];
            if (!LogNames.TryParseVersion(name, out var version) || name.Contains('/', StringComparison.Ordinal))
                continue;
            listing.Add(name, info.LastModified);
            files.Add((version, info.Key));
            if (!LogNames.TryParseEntry(name, out _))
                continue;

            // A store may say that an entry is younger than the one after it, never that it is older than it is.
            latest = info.LastModified > latest ? info.LastModified : latest;
            if (latest <= cutoff)
                newest = version;
        }

        var kept = Math.Min(newest, needed ?? newest);
        if (listing.NewestCheckpoint(kept) is not { } checkpoint)
            return;

        // Oldest first: what a crash leaves is a log that begins later.
        foreach (var (_, key) in files.Where(f => f.Version < checkpoint))
        {
            await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            await failpoints.HitAsync(FailpointNames.LogFileCleaned, cancellationToken).ConfigureAwait(false);
        }
    }
}
