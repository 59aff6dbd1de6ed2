using System.Collections.Concurrent;
using System.Globalization;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// When the versions of a table were made. A table that keeps in-commit timestamps is believed from the version on that began with them; other versions were made
/// when the store got their entries. Times never run backwards: an entry with an earlier time than the one before it counts as made at the same time.
/// </summary>
/// <remarks>
/// A copy of a log has lost the times of its files: they lie together where the copy was made. Where they lie much closer together than the times that the
/// writers noted, the noted ones count.
/// </remarks>
internal sealed class CommitTimes
{
    /// <summary>How far around the place found versions are looked at one by one, for clocks that were set back there.</summary>
    private const int Near = 64;

    private const int ParallelReads = 8;

    /// <summary>How many versions between the ends are looked at, where the ends do not tell a copy.</summary>
    private const int Looks = 8;

    /// <summary>Beyond that, the files of a log were not copied at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset?> _noted = [];

    private readonly TableContext _table;
    private readonly LogListing _listing;
    private readonly long _oldest;
    private readonly long _newest;

    /// <summary>The first version that keeps its own time; behind the newest where none does.</summary>
    private readonly long _kept;

    private readonly DateTimeOffset? _keptSince;
    private bool _isCopy;

    private CommitTimes(TableContext table, LogState newest, LogListing listing)
    {
        var settings = new DeltaSettings(newest.Metadata);
        _table = table;
        _listing = listing;
        _newest = newest.Version;
        _oldest = listing.FirstReadable(newest.Version);
        _kept = settings.KeepsCommitTimes ? settings.CommitTimesFrom : newest.Version + 1;
        _keptSince = settings.CommitTimesSince;
    }

    /// <summary>Looks at the log, and at its ends.</summary>
    /// <param name="table">The table.</param>
    /// <param name="newest">The newest version that counts; its settings say how times are kept.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static async ValueTask<CommitTimes> ReadAsync(TableContext table, LogState newest, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(table.Store, table.Folder, 0, cancellationToken).ConfigureAwait(false);
        var times = new CommitTimes(table, newest, listing);
        times._isCopy = await times.IsCopyAsync(cancellationToken).ConfigureAwait(false);
        return times;
    }

    /// <summary>The time of one commit.</summary>
    internal async ValueTask<DateTimeOffset> OfAsync(LogEntry entry, CancellationToken cancellationToken) =>
        await NotBackwardsAsync(entry.Version, await OfAsync(entry.Version, entry.Info, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>The time of a version.</summary>
    /// <exception cref="DataEngineXException">The log does not hold its entry any more.</exception>
    internal async ValueTask<DateTimeOffset> OfAsync(long version, CancellationToken cancellationToken)
    {
        if (!_listing.HasEntry(version))
            throw new DataEngineXException($"Table {_table.Folder} cannot tell when version {version} was made, because the log does not hold its entry any more.");
        return await NotBackwardsAsync(version, await TimeAsync(version, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The time of a version of a copy, unless writers noted a later one for a version before it: that one then. Of other versions the listing knows it.</summary>
    private async ValueTask<DateTimeOffset> NotBackwardsAsync(long version, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (!_isCopy || version >= _kept)
            return time;
        foreach (var noted in await NotedAsync(Math.Max(_oldest, version - Near), version - 1, 1, cancellationToken).ConfigureAwait(false))
            time = noted > time ? noted.Value : time;
        return time;
    }

    /// <summary>The newest version that was there at a time.</summary>
    /// <exception cref="DataEngineXException">The log begins later.</exception>
    internal async ValueTask<long> FindAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var keeps = _kept <= _newest && (_keptSince is null || asOf >= _keptSince);
        var (oldest, newest) = keeps ? (Math.Max(_oldest, _kept), _newest) : (_oldest, Math.Min(_newest, _kept - 1));
        if (oldest > newest)
            throw TooEarly(asOf, _keptSince);
        return await FindAsync(oldest, newest, asOf, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A search by halves, then a look at the versions near what it found.</summary>
    private async ValueTask<long> FindAsync(long oldest, long newest, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (low, high) = (oldest, newest + 1);
        while (high - low > Near)
        {
            var middle = low + ((high - low) / 2);
            if (await TimeAsync(middle, cancellationToken).ConfigureAwait(false) > asOf)
                high = middle;
            else
                low = middle;
        }

        // Where no version near has a later time, the first that has one lies at the end of the search.
        var first = Math.Max(oldest, low - Near);
        var times = await TimesAsync(first, Math.Min(newest, high), cancellationToken).ConfigureAwait(false);
        var later = System.Array.FindIndex(times, t => t > asOf);
        var found = later < 0 ? first + times.Length - 1 : first + later - 1;
        return found >= oldest ? found : throw TooEarly(asOf, times.Length == 0 ? null : times[0]);
    }

    private async Task<DateTimeOffset[]> TimesAsync(long first, long last, CancellationToken cancellationToken)
    {
        var times = new DateTimeOffset[Math.Max(0, last - first + 1)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, times.Length, options, async (i, token) =>
            times[i] = await TimeAsync(first + i, token).ConfigureAwait(false)).ConfigureAwait(false);
        return times;
    }

    /// <summary>The time of a version whose entry was not read; it is read only when it keeps the time.</summary>
    private async ValueTask<DateTimeOffset> TimeAsync(long version, CancellationToken cancellationToken) => version < _kept && !_isCopy
        ? await StoredAsync(version, cancellationToken).ConfigureAwait(false)
        : await OfAsync(version, await _table.Log.Reader.ReadInfoAsync(version, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask<DateTimeOffset> OfAsync(long version, CommitInfo? commit, CancellationToken cancellationToken)
    {
        var said = version >= _kept ? commit?.InCommitTimestamp : _isCopy ? commit?.Timestamp : null;
        return said is { } millis ? TimeTexts.OfLog(millis) : await StoredAsync(version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>When the store got an entry. Commits know milliseconds, so what a store knows beyond them is cut off.</summary>
    private async ValueTask<DateTimeOffset> StoredAsync(long version, CancellationToken cancellationToken)
    {
        var key = $"{_table.Folder}/{LogNames.Folder}/{LogNames.Entry(version)}";
        var time = _listing.ModifiedAt(version) ?? (await _table.Store.HeadAsync(key, cancellationToken).ConfigureAwait(false))?.LastModified;
        return time is null ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeMilliseconds(time.Value.ToUnixTimeMilliseconds());
    }

    /// <summary>Whether the versions that keep no times of their own lie in the store as a copy; of one version alone, whether it was noted before the store got it.</summary>
    private async ValueTask<bool> IsCopyAsync(CancellationToken cancellationToken)
    {
        var (first, last) = (_oldest, Math.Min(_newest, _kept - 1));
        if (first > last || await NotedAsync(first, cancellationToken).ConfigureAwait(false) is not { } begin)
            return false;
        if (first == last)
            return begin < await StoredAsync(first, cancellationToken).ConfigureAwait(false);
        if (await NotedAsync(last, cancellationToken).ConfigureAwait(false) is not { } end)
            return false;
        var stored = (await StoredAsync(last, cancellationToken).ConfigureAwait(false) - await StoredAsync(first, cancellationToken).ConfigureAwait(false)).Duration();

        // A clock that went back may have noted the end before the beginning, or at the same time: then those between tell how far the times lie apart.
        if (2 * stored < (end - begin).Duration() || stored > Together)
            return 2 * stored < (end - begin).Duration();
        var between = await NotedAsync(first, last, Math.Max(1, (last - first) / Looks), cancellationToken).ConfigureAwait(false);
        return between.Max() - between.Min() is { } apart && 2 * stored < apart;
    }

    /// <summary>When writers say that they made versions, every so many of them; null where they do not say.</summary>
    private async ValueTask<DateTimeOffset?[]> NotedAsync(long first, long last, long step, CancellationToken cancellationToken)
    {
        var times = new DateTimeOffset?[last < first ? 0 : ((last - first) / step) + 1];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, times.Length, options, async (i, token) =>
            times[i] = await NotedAsync(first + (i * step), token).ConfigureAwait(false)).ConfigureAwait(false);
        return times;
    }

    private async ValueTask<DateTimeOffset?> NotedAsync(long version, CancellationToken cancellationToken)
    {
        if (_noted.TryGetValue(version, out var known))
            return known;
        var info = await _table.Log.Reader.ReadInfoAsync(version, cancellationToken).ConfigureAwait(false);
        return _noted[version] = info?.Timestamp is { } millis ? TimeTexts.OfLog(millis) : null;
    }

    private DataEngineXException TooEarly(DateTimeOffset asOf, DateTimeOffset? first) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Table {_table.Folder} has no version of {asOf.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}; its log begins at {first?.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}."));
}
