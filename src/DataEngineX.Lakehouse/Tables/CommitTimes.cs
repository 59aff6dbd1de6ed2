using System.Globalization;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// When the versions of a table were made: by the time that the commit itself keeps, else by what its writer says, else by when the store got the
/// entry. Times never run backwards: an entry with an earlier time than the one before it counts as made at the same time.
/// </summary>
internal static class CommitTimes
{
    private const int Page = 256;

    /// <summary>The time of one commit.</summary>
    internal static async ValueTask<DateTimeOffset> OfAsync(TableContext table, LogEntry entry, CancellationToken cancellationToken)
    {
        if ((entry.Info?.InCommitTimestamp ?? entry.Info?.Timestamp) is { } millis)
            return DateTimeOffset.FromUnixTimeMilliseconds(millis);
        var key = $"{table.Folder}/{LogNames.Folder}/{LogNames.Entry(entry.Version)}";
        var info = await table.Store.HeadAsync(key, cancellationToken).ConfigureAwait(false);

        // Commits know milliseconds, so what a store knows beyond them is cut off.
        return info is null ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeMilliseconds(info.LastModified.ToUnixTimeMilliseconds());
    }

    /// <summary>The newest version up to one that was there at a time.</summary>
    /// <exception cref="DataEngineXException">The log begins later.</exception>
    internal static async ValueTask<long> FindAsync(TableContext table, long newest, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(table.Store, table.Folder, 0, cancellationToken).ConfigureAwait(false);
        long? found = null;
        DateTimeOffset? first = null;
        var latest = DateTimeOffset.MinValue;
        for (var at = listing.FirstReadable(newest); at <= newest; at += Page)
        {
            var entries = await table.Log.Reader.ReadEntriesAsync(at, Math.Min(newest, at + Page - 1), cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                var time = await OfAsync(table, entry, cancellationToken).ConfigureAwait(false);
                latest = time > latest ? time : latest;
                first ??= latest;
                if (latest > asOf)
                    return found ?? throw TooEarly(table, asOf, first);
                found = entry.Version;
            }
        }

        return found ?? throw TooEarly(table, asOf, first);
    }

    private static DataEngineXException TooEarly(TableContext table, DateTimeOffset asOf, DateTimeOffset? first) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Id} has no version of {asOf.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}; its log begins at {first?.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}."));
}
