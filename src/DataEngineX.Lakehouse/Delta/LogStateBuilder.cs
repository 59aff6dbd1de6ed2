using System.Collections.Immutable;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Applies log entries, oldest first, to a version of a table or to nothing.</summary>
internal sealed class LogStateBuilder
{
    private readonly string _folder;
    private readonly ImmutableSortedDictionary<long, DataFile>.Builder _files;
    private readonly ImmutableDictionary<string, long>.Builder _orders;
    private readonly ImmutableDictionary<string, TxnAction>.Builder _txns;
    private readonly ImmutableDictionary<string, DomainEntry>.Builder _domains;
    private ProtocolAction? _protocol;
    private MetadataAction? _metadata;
    private DateTimeOffset _timestamp = DateTimeOffset.UnixEpoch;
    private long _nextOrder;

    internal LogStateBuilder(string folder, LogState? from)
    {
        _folder = folder;
        if (from is null)
        {
            _files = ImmutableSortedDictionary.CreateBuilder<long, DataFile>();
            _orders = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
            _txns = ImmutableDictionary.CreateBuilder<string, TxnAction>(StringComparer.Ordinal);
            _domains = ImmutableDictionary.CreateBuilder<string, DomainEntry>(StringComparer.Ordinal);
            return;
        }

        _files = from.FilesByOrder.ToBuilder();
        _orders = from.OrderByPath.ToBuilder();
        _txns = from.Txns.ToBuilder();
        _domains = from.Domains.ToBuilder();
        _protocol = from.Protocol;
        _metadata = from.Metadata;
        _timestamp = from.Timestamp;
        _nextOrder = from.NextOrder;
        Version = from.Version;
    }

    internal long Version { get; private set; } = -1;

    internal void Apply(LogEntry entry)
    {
        // Order inside an entry means nothing, and an entry may remove a file and add the same path again: removals go first.
        foreach (var action in entry.Actions)
        {
            if (action.Remove is { } remove)
                Remove(DeltaPaths.Decode(remove.Path));
        }

        foreach (var action in entry.Actions)
            Apply(action, entry.Version);
        Version = entry.Version;
    }

    /// <summary>Takes the state that a checkpoint holds.</summary>
    internal void Apply(long version, IReadOnlyList<DeltaAction> checkpoint)
    {
        foreach (var action in checkpoint)
            Apply(action, version);
        Version = version;
    }

    /// <summary>The state reached.</summary>
    /// <exception cref="DataEngineXException">The log has said nothing of the protocol or the schema, or the table asks for what is not there.</exception>
    internal LogState Build()
    {
        var state = new LogState
        {
            Table = _folder,
            Version = Version,
            Protocol = _protocol ?? throw Incomplete("protocol"),
            Metadata = _metadata ?? throw Incomplete("metaData"),
            Timestamp = _timestamp,
            FilesByOrder = _files.ToImmutable(),
            OrderByPath = _orders.ToImmutable(),
            NextOrder = _nextOrder,
            Txns = _txns.ToImmutable(),
            Domains = _domains.ToImmutable(),
        };
        DeltaProtocol.CheckReadable(_folder, state);
        return state;
    }

    private DataEngineXException Incomplete(string action) =>
        new($"Table {_folder} has a damaged log: up to version {Version} there is no {action} action.");

    private void Apply(DeltaAction action, long version)
    {
        if ((action.CommitInfo?.InCommitTimestamp ?? action.CommitInfo?.Timestamp) is { } timestamp)
            _timestamp = DateTimeOffset.FromUnixTimeMilliseconds(timestamp);
        _protocol = action.Protocol ?? _protocol;
        _metadata = action.MetaData ?? _metadata;
        if (action.Txn is { } txn)
            _txns[txn.AppId] = txn;
        if (action.DomainMetadata is { Removed: true } removed)
            _domains.Remove(removed.Domain);
        else if (action.DomainMetadata is { } domain)
            _domains[domain.Domain] = new DomainEntry(domain.Configuration, version);
        if (action.Add is { } add)
            Add(add);
    }

    private void Add(AddAction add)
    {
        var path = DeltaPaths.Decode(add.Path);
        Remove(path);
        _orders[path] = _nextOrder;
        _files[_nextOrder++] = new DataFile(path, add);
    }

    private void Remove(string path)
    {
        if (_orders.TryGetValue(path, out var order))
        {
            _files.Remove(order);
            _orders.Remove(path);
        }
    }
}
