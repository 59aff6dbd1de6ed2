using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A list, struct or map: decoded whole for its row group, then cut.</summary>
internal sealed class NestedCursor(FileColumn column, LeafColumn[] leaves, int total, MemoryAllocator allocator) : ColumnCursor
{
    private ArrayData? _whole;
    private int _next;

    internal override void Skip(int rows) => _next += rows;

    internal override ArrayData Read(int rows)
    {
        _whole ??= NestedAssembly.Assemble(column, leaves, column.Leaf, total, allocator);
        var part = _whole.SliceShared(_next, rows);
        _next += rows;
        return part;
    }

    public override void Dispose()
    {
        _whole?.Dispose();
        _whole = null;
        foreach (var leaf in leaves)
            leaf.Dispose();
    }
}
