namespace DataEngineX.Lakehouse.Delta;

/// <summary>The log folder of a table at one moment: versions with an entry, and complete checkpoints with the names of their parts.</summary>
internal sealed class LogListing
{
    private readonly SortedSet<long> _entries = [];
    private readonly SortedDictionary<long, List<IReadOnlyList<string>>> _checkpoints = [];

    internal bool IsEmpty => _entries.Count == 0 && _checkpoints.Count == 0;

    internal long Newest => Math.Max(_entries.Count == 0 ? -1 : _entries.Max, _checkpoints.Count == 0 ? -1 : _checkpoints.Keys.Max());

    internal bool HasEntry(long version) => _entries.Contains(version);

    /// <summary>The oldest version from which on the log holds all entries up to one, and a state to begin with.</summary>
    internal long FirstReadable(long newest)
    {
        var low = newest + 1;
        while (_entries.Contains(low - 1))
            low--;
        if (low == 0)
            return 0;
        foreach (var version in _checkpoints.Keys)
        {
            if (version >= low - 1)
                return Math.Max(version, low);
        }

        return newest + 1;
    }

    /// <summary>Complete checkpoints up to a version, newest first; a version may have several, each of which tells all.</summary>
    internal IEnumerable<(long Version, IReadOnlyList<string> Names)> Checkpoints(long upTo) =>
        _checkpoints.Reverse().Where(c => c.Key <= upTo).SelectMany(c => c.Value.Select(names => (c.Key, names)));

    internal static async Task<LogListing> ReadAsync(IObjectStore store, string folder, long from, CancellationToken cancellationToken)
    {
        var listing = new LogListing();
        var parts = new Dictionary<(long Version, int Parts), SortedDictionary<int, string>>();
        var prefix = $"{folder}/{LogNames.Folder}/";
        var startAfter = from <= 0 ? null : prefix + LogNames.Prefix(from);
        await foreach (var info in store.ListAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false))
        {
            var name = info.Key[prefix.Length..];
            if (LogNames.TryParseEntry(name, out var version))
                listing._entries.Add(version);
            else if (LogNames.TryParseCheckpoint(name, out version, out var part, out var count))
                Part(parts, (version, count))[part] = name;
            else if (LogNames.TryParseNamedCheckpoint(name, out version))
                listing.Add(version, [name]);
        }

        // A checkpoint in parts is not written at once: one with a part missing does not count.
        foreach (var ((version, count), names) in parts.OrderBy(p => p.Key.Parts))
        {
            if (names.Count == count)
                listing.Add(version, [.. names.Values]);
        }

        return listing;
    }

    private void Add(long version, IReadOnlyList<string> names)
    {
        if (_checkpoints.TryGetValue(version, out var others))
            others.Add(names);
        else
            _checkpoints[version] = [names];
    }

    private static SortedDictionary<int, string> Part(Dictionary<(long, int), SortedDictionary<int, string>> parts, (long, int) key) =>
        parts.TryGetValue(key, out var names) ? names : parts[key] = [];
}
