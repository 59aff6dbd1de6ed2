using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Collects the files that were removed after a time, and have not come back: readers of older versions may still need them.</summary>
internal sealed class Tombstones(DateTimeOffset after) : CheckpointVisitor
{
    private readonly long _after = after.ToUnixTimeMilliseconds();
    private readonly Dictionary<(string Path, string? Vector), RemoveAction> _removed = [];

    internal IReadOnlyCollection<RemoveAction> Removed => _removed.Values;

    internal override IEnumerable<DeltaField> Columns(Schema stored) => [CheckpointFields.Remove];

    internal override void Visit(DeltaAction action) => Take(action.Remove);

    internal override void Visit(DeltaField field, CheckpointColumn column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (!column.Has(row) || column.Text(0, row) is not { } path)
                continue;
            Take(new RemoveAction
            {
                Path = path,
                DeletionTimestamp = column.Long(1, row),
                DataChange = column.Bool(2, row) ?? false,
                ExtendedFileMetadata = column.Bool(3, row),
                PartitionValues = column.Map(4, row),
                Size = column.Long(5, row),
                DeletionVector = column.Vector(6, row),
                BaseRowId = column.Long(7, row),
                DefaultRowCommitVersion = column.Long(8, row),
            });
        }
    }

    internal void Apply(LogEntry entry)
    {
        foreach (var action in entry.Actions)
            Take(action.Remove);
        foreach (var action in entry.Actions)
        {
            if (action.Add is { } add)
                _removed.Remove(Key(add.Path, add.DeletionVector));
        }
    }

    private void Take(RemoveAction? remove)
    {
        if (remove is not null && (remove.DeletionTimestamp ?? 0) > _after)
            _removed[Key(remove.Path, remove.DeletionVector)] = remove;
    }

    private static (string Path, string? Vector) Key(string path, DeletionVectorSpec? vector) =>
        (DeltaPaths.Decode(path), vector is null ? null : $"{vector.StorageType}{vector.PathOrInlineDv}@{vector.Offset}");
}
