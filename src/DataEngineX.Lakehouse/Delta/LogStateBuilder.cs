using System.Collections.Immutable;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Applies log entries, oldest first, to a version of a table or to nothing.</summary>
internal sealed class LogStateBuilder
{
    private readonly string _folder;
    private readonly ImmutableDictionary<string, TxnAction>.Builder _txns;
    private readonly ImmutableDictionary<string, DomainEntry>.Builder _domains;
    private ProtocolAction? _protocol;
    private MetadataAction? _metadata;
    private DateTimeOffset _timestamp = DateTimeOffset.UnixEpoch;

    internal LogStateBuilder(string folder, LogState? from)
    {
        _folder = folder;
        Files = new FileSetBuilder(from?.Files ?? FileSet.Empty);
        if (from is null)
        {
            _txns = ImmutableDictionary.CreateBuilder<string, TxnAction>(StringComparer.Ordinal);
            _domains = ImmutableDictionary.CreateBuilder<string, DomainEntry>(StringComparer.Ordinal);
            return;
        }

        _txns = from.Txns.ToBuilder();
        _domains = from.Domains.ToBuilder();
        _protocol = from.Protocol;
        _metadata = from.Metadata;
        _timestamp = from.Timestamp;
        Version = from.Version;
        Mark = from.Mark;
    }

    internal long Version { get; private set; } = -1;

    /// <summary>The mark of the version's entry.</summary>
    internal string? Mark { get; set; }

    internal FileSetBuilder Files { get; }

    internal void Apply(LogEntry entry)
    {
        // Order inside an entry means nothing, and an entry may remove a file and add the same path again: removals go first.
        foreach (var action in entry.Actions)
        {
            if (action.Remove is { } remove)
                Files.Remove(DeltaPaths.Decode(remove.Path));
        }

        foreach (var action in entry.Actions)
            Apply(action, entry.Version);
        Version = entry.Version;
        Mark = entry.Mark;
    }

    /// <summary>Ends the checkpoint of a version, whose actions were applied before.</summary>
    internal void Finish(long checkpoint) => Version = checkpoint;

    /// <summary>The state reached.</summary>
    /// <exception cref="DataEngineXException">The log has said nothing of the protocol or the schema, or the table asks for what is not there.</exception>
    internal LogState Build()
    {
        var state = new LogState
        {
            Table = _folder,
            Version = Version,
            Mark = Mark,
            Protocol = _protocol ?? throw Incomplete("protocol"),
            Metadata = _metadata ?? throw Incomplete("metaData"),
            Timestamp = _timestamp,
            Files = Files.Build(),
            Txns = _txns.ToImmutable(),
            Domains = _domains.ToImmutable(),
        };
        DeltaProtocol.CheckReadable(_folder, state);
        return state;
    }

    private DataEngineXException Incomplete(string action) =>
        new($"Table {_folder} has a damaged log: up to version {Version} there is no {action} action.");

    /// <summary>Applies one action, but for removals.</summary>
    internal void Apply(DeltaAction action, long version)
    {
        if ((action.CommitInfo?.InCommitTimestamp ?? action.CommitInfo?.Timestamp) is { } timestamp)
            _timestamp = TimeTexts.OfLog(timestamp);
        _protocol = action.Protocol ?? _protocol;
        _metadata = action.MetaData ?? _metadata;
        if (action.Txn is { } txn)
            _txns[txn.AppId] = txn;
        if (action.DomainMetadata is { Removed: true } removed)
            _domains.Remove(removed.Domain);
        else if (action.DomainMetadata is { } domain)
            _domains[domain.Domain] = new DomainEntry(domain.Configuration, version);
        if (action.Add is { } add)
            Files.Add(add);
    }
}
