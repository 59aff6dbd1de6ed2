using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The keys whose rows a write replaces. A row of another key is refused: it would stay when the rows of its key are replaced again.</summary>
internal sealed class ReplacedKeys : IDisposable
{
    private readonly GroupIndex _index;
    private readonly IReadOnlyList<string> _names;
    private readonly int[] _columns;

    private ReplacedKeys(GroupIndex index, IReadOnlyList<string> names, int[] columns) => (_index, _names, _columns) = (index, names, columns);

    /// <summary>The keys of a write.</summary>
    /// <param name="table">The table, for errors.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="keys">A row for each key; borrowed.</param>
    /// <param name="partitionedBy">The columns by which its files are partitioned, which hold no empty texts.</param>
    /// <param name="allocator">For what is kept.</param>
    /// <exception cref="PlanException">The table has no such column.</exception>
    internal static ReplacedKeys Of(DatasetId table, Schema schema, RecordBatch keys, IReadOnlyList<string> partitionedBy, MemoryAllocator allocator)
    {
        IReadOnlyList<string> names = [.. keys.Schema.FieldsList.Select(f => f.Name)];
        if (names.FirstOrDefault(c => !schema.FieldsList.Any(f => string.Equals(f.Name, c, StringComparison.Ordinal))) is { } missing)
            throw new PlanException($"{table} has no column '{missing}' to find rows by.", column: missing);
        using var plain = new BlankPartitions(keys.Schema, partitionedBy).Apply(keys.SliceShared(0, keys.Length), allocator);
        var index = new GroupIndex([.. names.Select(n => schema.GetFieldByName(n).DataType)], allocator);
        try
        {
            index.Map([.. plain.Arrays], new int[plain.Length]);
            return new ReplacedKeys(index, names, [.. names.Select(n => schema.GetFieldIndex(n))]);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The first row that has none of the keys, and its values in their columns.</summary>
    /// <param name="rows">Borrowed; the columns are those of the table.</param>
    internal (int Row, string Values)? FirstStranger(RecordBatch rows)
    {
        var found = new int[rows.Length];
        _index.Find([.. _columns.Select(rows.Column)], found);
        var row = System.Array.FindIndex(found, static f => f < 0);
        return row < 0 ? null : (row, string.Join(", ", _columns.Select((c, i) => $"{_names[i]} = {CellTexts.Of(rows.Column(c), row)}")));
    }

    public void Dispose() => _index.Dispose();
}
