using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A set of keys by which rows of a table are found; null equals null.</summary>
internal sealed class KeySet : IDisposable
{
    private readonly int[] _columns;
    private readonly GroupIndex _index;
    private readonly KeyRanges _ranges;

    internal KeySet(Schema table, RecordBatch keys, MemoryAllocator allocator)
    {
        _columns = [.. keys.Schema.FieldsList.Select(f => table.GetFieldIndex(f.Name))];
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] < 0)
                throw new PlanException($"There is no column '{keys.Schema.FieldsList[i].Name}' to find rows by.", column: keys.Schema.FieldsList[i].Name);
        }

        _ranges = new KeyRanges(keys.Schema, [.. keys.Schema.FieldsList.Select(f => f.Name)]);
        _ranges.Add(keys);
        _index = new GroupIndex([.. _columns.Select(c => table.FieldsList[c].DataType)], allocator);
        var ids = new int[keys.Length];
        _index.Map([.. keys.Arrays], ids);
    }

    public void Dispose() => _index.Dispose();

    /// <summary>Whether a file may hold one of the keys, by its statistics.</summary>
    internal bool MayBeIn(DataFile file) => _index.Count > 0 && _ranges.MayHold(file);

    /// <summary>Marks the rows of a batch of the table that have one of the keys.</summary>
    internal void Find(RecordBatch batch, Span<bool> found)
    {
        var ids = new int[batch.Length];
        _index.Find([.. _columns.Select(batch.Column)], ids);
        for (var i = 0; i < ids.Length; i++)
            found[i] = ids[i] >= 0;
    }
}
