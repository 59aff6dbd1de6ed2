using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// Tells whether a commit may follow those that were made while it was prepared. Rows that are only added never conflict with each other; who
/// read something loses against whoever changed it; nobody follows a change of the columns or settings that it did not know.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="runId">The run that commits, when there is one.</param>
/// <param name="begun">The version the write began with, or null for none.</param>
internal sealed class ConflictCheck(TableContext table, string? runId, LogState? begun)
{
    private long _checked = -1;

    /// <summary>Looks at the commits up to the newest that were not looked at before.</summary>
    /// <exception cref="CommitConflictException">One of them is in the way; names both.</exception>
    internal async ValueTask CheckAsync(TableChange change, LogState? newest, CancellationToken cancellationToken)
    {
        if (newest is null)
            return;
        var described = begun is null || begun.Metadata.Describes(newest.Metadata);
        if (change.Read is null && described)
            return;
        var against = change.Read?.Version ?? begun?.Version ?? -1;
        var removed = change.Removed.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var first = Math.Max(Math.Min(against, begun?.Version ?? against), _checked) + 1;
        foreach (var entry in await table.Log.Reader.ReadEntriesAsync(first, newest.Version, cancellationToken).ConfigureAwait(false))
        {
            if (Reason(change.Read, removed, entry) is { } reason)
            {
                throw new CommitConflictException(
                    table.Id,
                    new CommitSide(change.Operation, against < 0 ? null : against, runId),
                    new CommitSide(entry.Info?.Operation ?? "unknown operation", entry.Version, entry.Info?.RunId),
                    reason);
            }
        }

        _checked = newest.Version;
    }

    private string? Reason(ReadSet? read, HashSet<string> removed, LogEntry entry)
    {
        // Who began before there was a table takes the description that the first commit gave it, or is refused because it does not fit.
        if (begun is not null && entry.Actions.FirstOrDefault(a => a.MetaData is not null)?.MetaData is { } metadata
            && !begun.Metadata.Describes(metadata))
            return "has changed the columns or settings of the table";
        if (read is null || entry.Version <= read.Version)
            return null;
        foreach (var action in entry.Actions)
        {
            if (action.Remove is { } remove && OfRemoval(read, removed, remove) is { } reason)
                return reason;
            if (action.Add is { DataChange: true } add && new DataFile(DeltaPaths.Decode(add.Path), add) is var file && read.Concerns(file))
                return $"has added rows that it would have had to look at ({file.Path})";
        }

        return null;
    }

    private static string? OfRemoval(ReadSet read, HashSet<string> removed, RemoveAction remove)
    {
        var path = DeltaPaths.Decode(remove.Path);
        if (removed.Contains(path))
            return $"has removed the same file ({path})";
        return remove.DataChange && read.Has(path) ? $"has changed or deleted rows that it had looked at ({path})" : null;
    }
}
