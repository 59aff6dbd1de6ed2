namespace DataEngineX.Lakehouse.Delta;

/// <summary>The log of one table, with the versions seen last kept in memory. Safe for many threads.</summary>
internal sealed class TableLog(IObjectStore store, string folder) : IDisposable
{
    private const int Kept = 16;
    private const int ProbesBeforeListing = 8;

    private readonly LogReader _reader = new(store, folder);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SortedDictionary<long, LogState> _recent = [];
    private volatile LogState? _newest;

    internal LogReader Reader => _reader;

    internal string Folder => folder;

    public void Dispose() => _gate.Dispose();

    /// <summary>The newest version in the store, or null when the table has none. Reads only what is new since the last call.</summary>
    internal async ValueTask<LogState?> GetNewestAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_newest is not { } newest)
                return await ReadAnewAsync(cancellationToken).ConfigureAwait(false);

            // One round trip: whether what is known still holds, and whether there is more.
            var (mark, next) = (_reader.ReadMarkAsync(newest.Version, cancellationToken), _reader.TryReadEntryAsync(newest.Version + 1, cancellationToken));
            await Task.WhenAll(mark, next).ConfigureAwait(false);
            if (await mark.ConfigureAwait(false) != newest.Mark)
                return await ReadAnewAsync(cancellationToken).ConfigureAwait(false);
            for (var probe = 1; await next.ConfigureAwait(false) is { } entry; probe++)
            {
                newest = Remember(Next(newest, entry))!;
                if (probe == ProbesBeforeListing)
                    return await CatchUpAsync(newest, cancellationToken).ConfigureAwait(false);
                next = _reader.TryReadEntryAsync(newest.Version + 1, cancellationToken);
            }

            return newest;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads the log as if nothing were known of it: the table may have been deleted since, and made anew.</summary>
    private async ValueTask<LogState?> ReadAnewAsync(CancellationToken cancellationToken)
    {
        _recent.Clear();
        _newest = null;
        return Remember(await _reader.ReadNewestAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What follows a version that is far behind: one listing is cheaper than a probe for each.</summary>
    private async ValueTask<LogState?> CatchUpAsync(LogState state, CancellationToken cancellationToken)
    {
        var listing = await LogListing.ReadAsync(store, folder, state.Version, cancellationToken).ConfigureAwait(false);
        var builder = new LogStateBuilder(folder, state);
        foreach (var entry in await _reader.ReadEntriesAsync(state.Version + 1, listing.Newest, cancellationToken).ConfigureAwait(false))
            builder.Apply(entry);
        return Remember(builder.Build());
    }

    /// <summary>One version.</summary>
    /// <exception cref="DataEngineXException">There is no such version, or the log does not hold it any more.</exception>
    internal async ValueTask<LogState> GetAsync(long version, CancellationToken cancellationToken)
    {
        var newest = _newest;
        if (newest is null && version >= 0)
            return await ReadFirstAsync(version, cancellationToken).ConfigureAwait(false);
        if (newest is null || newest.Version < version)
            newest = await GetNewestAsync(cancellationToken).ConfigureAwait(false);
        if (version < 0 || newest is null || newest.Version < version)
            throw new DataEngineXException($"Table {folder} has no version {version}; the newest is {newest?.Version ?? -1}.");
        if (newest.Version == version)
            return newest;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_recent.TryGetValue(version, out var known))
                return known;
            var older = await _reader.ReadAsync(version, cancellationToken).ConfigureAwait(false);
            return Remember(older)!;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A version asked for before any other: the newest need not be known for it, and may ask for what is not there.</summary>
    private async ValueTask<LogState> ReadFirstAsync(long version, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_recent.TryGetValue(version, out var known))
                return known;
            var state = await _reader.ReadAsync(version, cancellationToken).ConfigureAwait(false);
            Keep(state);
            return state;
        }
        finally
        {
            _gate.Release();
        }
    }

    private LogState Next(LogState state, LogEntry entry)
    {
        var builder = new LogStateBuilder(folder, state);
        builder.Apply(entry);
        return builder.Build();
    }

    private void Keep(LogState state)
    {
        _recent[state.Version] = state;
        if (_recent.Count > Kept)
            _recent.Remove(_recent.Keys.First());
    }

    private LogState? Remember(LogState? state)
    {
        if (state is null)
            return null;
        Keep(state);
        if (_newest is not { } newest || newest.Version < state.Version)
            _newest = state;
        return state;
    }
}
