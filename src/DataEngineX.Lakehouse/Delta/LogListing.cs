namespace DataEngineX.Lakehouse.Delta;

/// <summary>The log folder of a table at one moment: versions with an entry, and complete checkpoints with the names of their parts.</summary>
internal sealed class LogListing
{
    /// <summary>A checkpoint has no more parts than can be looked through.</summary>
    private const int MostParts = 100_000;

    private readonly SortedList<long, DateTimeOffset> _entries = [];
    private DateTimeOffset[] _latest = [];
    private readonly SortedDictionary<long, List<IReadOnlyList<string>>> _checkpoints = [];
    private readonly Dictionary<(long Version, int Parts), SortedDictionary<int, string>> _parts = [];

    internal bool IsEmpty => _entries.Count == 0 && _checkpoints.Count == 0;

    internal long Newest => Math.Max(_entries.Count == 0 ? -1 : _entries.Keys[^1], _checkpoints.Count == 0 ? -1 : _checkpoints.Keys.Max());

    internal bool HasEntry(long version) => _entries.ContainsKey(version);

    /// <summary>When the store had got the entry of a version and those before it; null where there is none.</summary>
    internal DateTimeOffset? ModifiedAt(long version)
    {
        var index = _entries.IndexOfKey(version);
        if (index < 0)
            return null;
        if (_latest.Length != _entries.Count)
        {
            DateTimeOffset[] latest = [.. _entries.Values];
            for (var i = 1; i < latest.Length; i++)
                latest[i] = latest[i] > latest[i - 1] ? latest[i] : latest[i - 1];
            _latest = latest;
        }

        return _latest[index];
    }

    /// <summary>The oldest version from which on the log holds all entries up to one, and a state to begin with.</summary>
    internal long FirstReadable(long newest)
    {
        var low = newest + 1;
        while (_entries.ContainsKey(low - 1))
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

    /// <summary>The newest checkpoint up to a version of which parts are missing, and the numbers of those; null where there is none.</summary>
    internal (long Version, int Parts, IReadOnlyList<int> Missing)? Incomplete(long upTo) => _parts
        .Where(p => p.Key.Version <= upTo && p.Value.Count < p.Key.Parts)
        .OrderByDescending(p => p.Key.Version)
        .Select(p => ((long, int, IReadOnlyList<int>)?)(p.Key.Version, p.Key.Parts, [.. Enumerable.Range(1, Math.Min(p.Key.Parts, MostParts)).Where(n => !p.Value.ContainsKey(n))]))
        .FirstOrDefault();

    /// <summary>The newest version up to one that has a checkpoint, or null.</summary>
    internal long? NewestCheckpoint(long upTo) => Checkpoints(upTo).Select(c => (long?)c.Version).FirstOrDefault();

    internal static async Task<LogListing> ReadAsync(IObjectStore store, string folder, long from, CancellationToken cancellationToken)
    {
        var listing = new LogListing();
        var prefix = $"{folder}/{LogNames.Folder}/";
        var startAfter = from <= 0 ? null : prefix + LogNames.Prefix(from);
        await foreach (var info in store.ListAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false))
            listing.Add(info.Key[prefix.Length..], info.LastModified);
        return listing;
    }

    /// <summary>Adds a file by its name; one that is neither entry nor checkpoint does not count.</summary>
    internal void Add(string name, DateTimeOffset modified)
    {
        if (LogNames.TryParseEntry(name, out var version))
            _entries[version] = modified;
        else if (LogNames.TryParseCheckpoint(name, out version, out var part, out var count))
            AddPart(version, part, count, name);
        else if (LogNames.TryParseNamedCheckpoint(name, out version))
            Add(version, [name]);
    }

    // A checkpoint in parts is not written at once: it counts when the last part is there.
    private void AddPart(long version, int part, int count, string name)
    {
        if (!_parts.TryGetValue((version, count), out var names))
            _parts[(version, count)] = names = [];
        names[part] = name;
        if (names.Count == count)
            Add(version, [.. names.Values]);
    }

    private void Add(long version, IReadOnlyList<string> names)
    {
        if (_checkpoints.TryGetValue(version, out var others))
            others.Add(names);
        else
            _checkpoints[version] = [names];
    }
}
