using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// The files that hold the rows added between two versions. Files that an upsert of ours replaced are left out, because it carried their rows
/// over; a removal of rows that the earlier version had is an error, because a reader of additions would never hear of it.
/// </summary>
internal sealed class AddedFiles(TableContext table, long since, bool appendsOnly)
{
    private readonly List<DataFile> _added = [];
    private readonly HashSet<string> _withOlderRows = new(StringComparer.Ordinal);

    internal static async ValueTask<IReadOnlyList<DataFile>> BetweenAsync(
        TableContext table, long since, long version, bool appendsOnly, CancellationToken cancellationToken)
    {
        var added = new AddedFiles(table, since, appendsOnly);
        foreach (var entry in await table.Log.Reader.ReadEntriesAsync(since + 1, version, cancellationToken).ConfigureAwait(false))
        {
            DeltaProtocol.CheckReadable(table.Folder, entry);
            added.Apply(entry);
        }

        return added._added;
    }

    private void Apply(LogEntry entry)
    {
        var upsert = entry.Info is { Operation: TableOperations.Upsert, EngineInfo: { } engine }
            && engine.StartsWith(TableOperations.EngineName, StringComparison.Ordinal);
        var carriesOlder = false;
        foreach (var remove in entry.Actions.Select(a => a.Remove).Where(r => r is { DataChange: true }))
        {
            var path = DeltaPaths.Decode(remove!.Path);
            var index = _added.FindIndex(f => string.Equals(f.Path, path, StringComparison.Ordinal));
            var older = index < 0 || _withOlderRows.Contains(path);
            if (older && (!upsert || appendsOnly))
            {
                throw new DataEngineXException(
                    $"Table {table.Folder}: the rows added after version {since} cannot be told, because version {entry.Version} "
                    + $"({entry.Info?.Operation ?? "unknown operation"}) {(upsert ? "wrote rows anew" : "removed rows")} that were there before; read what changed by key (Incremental(by: ...)), or the whole table.");
            }

            carriesOlder |= older;
            if (index >= 0)
                _added.RemoveAt(index);
        }

        foreach (var add in entry.Actions.Select(a => a.Add).Where(a => a is { DataChange: true }))
        {
            var path = DeltaPaths.Decode(add!.Path);
            _added.Add(new DataFile(path, add));
            if (carriesOlder)
                _withOlderRows.Add(path);
        }
    }
}
