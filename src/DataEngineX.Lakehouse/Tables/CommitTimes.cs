using System.Globalization;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// When the versions of a table were made: by the time that the commit itself keeps, else by what its writer says, else by when the store got the
/// entry. Times never run backwards: an entry with an earlier time than the one before it counts as made at the same time.
/// </summary>
internal static class CommitTimes
{
    /// <summary>How far around the place found versions are looked at one by one, for clocks that were set back there.</summary>
    private const int Near = 64;

    private const int ParallelReads = 8;

    /// <summary>The time of one commit.</summary>
    internal static ValueTask<DateTimeOffset> OfAsync(TableContext table, LogEntry entry, CancellationToken cancellationToken) =>
        OfAsync(table, entry.Version, entry.Info, cancellationToken);

    private static async ValueTask<DateTimeOffset> OfAsync(TableContext table, long version, CommitInfo? commit, CancellationToken cancellationToken)
    {
        if ((commit?.InCommitTimestamp ?? commit?.Timestamp) is { } millis)
            return DateTimeOffset.FromUnixTimeMilliseconds(millis);
        var key = $"{table.Folder}/{LogNames.Folder}/{LogNames.Entry(version)}";
        var info = await table.Store.HeadAsync(key, cancellationToken).ConfigureAwait(false);

        // Commits know milliseconds, so what a store knows beyond them is cut off.
        return info is null ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeMilliseconds(info.LastModified.ToUnixTimeMilliseconds());
    }

    /// <summary>The newest version up to one that was there at a time: a search by halves, then a look at the versions near what it found.</summary>
    /// <exception cref="DataEngineXException">The log begins later.</exception>
    internal static async ValueTask<long> FindAsync(TableContext table, long newest, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(table.Store, table.Folder, 0, cancellationToken).ConfigureAwait(false);
        var oldest = listing.FirstReadable(newest);
        var (low, high) = (oldest, newest + 1);
        while (high - low > Near)
        {
            var middle = low + ((high - low) / 2);
            if (await TimeAsync(table, middle, cancellationToken).ConfigureAwait(false) > asOf)
                high = middle;
            else
                low = middle;
        }

        // Where no version near has a later time, the first that has one lies at the end of the search.
        var first = Math.Max(oldest, low - Near);
        var times = await TimesAsync(table, first, Math.Min(newest, high), cancellationToken).ConfigureAwait(false);
        var later = System.Array.FindIndex(times, t => t > asOf);
        var found = later < 0 ? first + times.Length - 1 : first + later - 1;
        return found >= oldest ? found : throw TooEarly(table, asOf, times.Length == 0 ? null : times[0]);
    }

    private static async Task<DateTimeOffset[]> TimesAsync(TableContext table, long first, long last, CancellationToken cancellationToken)
    {
        var times = new DateTimeOffset[Math.Max(0, last - first + 1)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, times.Length, options, async (i, token) =>
            times[i] = await TimeAsync(table, first + i, token).ConfigureAwait(false)).ConfigureAwait(false);
        return times;
    }

    private static async ValueTask<DateTimeOffset> TimeAsync(TableContext table, long version, CancellationToken cancellationToken) =>
        await OfAsync(table, version, await table.Log.Reader.ReadInfoAsync(version, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static DataEngineXException TooEarly(TableContext table, DateTimeOffset asOf, DateTimeOffset? first) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Id} has no version of {asOf.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}; its log begins at {first?.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}."));
}
