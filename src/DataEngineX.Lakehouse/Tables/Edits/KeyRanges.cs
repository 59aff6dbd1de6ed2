using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Writing;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The range that the keys of rows span in each key column, by which files without any of them are told.</summary>
/// <param name="schema">The columns of the rows.</param>
/// <param name="key">The key columns.</param>
/// <param name="table">The columns of the table whose files are told; null where they are those of the rows.</param>
internal sealed class KeyRanges(Schema schema, IReadOnlyList<string> key, TableSchema? table = null)
{
    private readonly PartitionKeys? _partitions = PartitionKeys.Of(schema, key, table);
    private readonly (object Min, object Max)?[] _ranges = new (object, object)?[key.Count];
    private readonly bool[] _isOpen = [.. key.Select(k => table is not null && (table.Find(k) is not { } there || !ArrowTypes.Same(there.Field.DataType, schema.GetFieldByName(k).DataType)))];

    /// <summary>Whether the keys are nothing but partitions: then a file that may hold one holds nothing else.</summary>
    internal bool TellPartitions => _partitions is { IsOpen: false } && key.All(k => _partitions.Columns.Contains(k, StringComparer.Ordinal));

    /// <summary>Takes the keys of a batch.</summary>
    /// <param name="batch">Borrowed.</param>
    internal void Add(RecordBatch batch)
    {
        _partitions?.Add(batch);
        for (var i = 0; i < key.Count && batch.Length > 0; i++)
        {
            var column = schema.GetFieldIndex(key[i]);

            // A null may be a key of its own, and values without bounds may be anywhere.
            if (_isOpen[i] |= batch.Column(column).NullCount > 0)
                continue;
            if (ArrayBounds.Of(schema.FieldsList[column], batch.Column(column)) is not ({ } min, { } max))
                _isOpen[i] = true;
            else
                _ranges[i] = _ranges[i] is var (low, high) ? (Least(low, min), Greatest(high, max)) : (min, max);
        }
    }

    /// <summary>Whether a file may hold one of the keys.</summary>
    internal bool MayHold(DataFile file)
    {
        if (_partitions?.MayHold(file) == false)
            return false;
        for (var i = 0; i < key.Count; i++)
        {
            if (_isOpen[i] || _ranges[i] is not var (min, max))
                continue;
            var bounds = StatBounds.Of(file, table?.Find(key[i]) ?? DeltaField.Plain(schema.GetFieldByName(key[i])));
            if (bounds.IsAllNull || (bounds.Min is { } low && StatValues.Compare(low, max) > 0) || (bounds.Max is { } high && StatValues.Compare(high, min) < 0))
                return false;
        }

        return true;
    }

    private static object Least(object one, object other) => StatValues.Compare(one, other) <= 0 ? one : other;

    private static object Greatest(object one, object other) => StatValues.Compare(one, other) >= 0 ? one : other;
}
