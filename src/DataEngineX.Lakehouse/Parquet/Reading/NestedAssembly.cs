using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Puts lists, structs and maps together from the levels of the columns below them.</summary>
internal static class NestedAssembly
{
    /// <summary>The array of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="leaves">The stored columns below it.</param>
    /// <param name="first">The number of the first of them in the file.</param>
    /// <param name="rows">The rows it must have.</param>
    /// <param name="allocator">Where its buffers come from.</param>
    internal static ArrayData Assemble(FileColumn column, LeafColumn[] leaves, int first, int rows, MemoryAllocator allocator)
    {
        var array = Node(column, leaves, first, allocator);
        if (array.Length == rows)
            return array;
        var length = array.Length;
        array.Dispose();
        return Corrupt.Throw<ArrayData>($"it has {length} rows where its row group has {rows}");
    }

    private static ArrayData Node(FileColumn column, LeafColumn[] leaves, int first, MemoryAllocator allocator)
    {
        if (column.Shape == ColumnShape.Leaf)
            return leaves[column.Leaf - first].TakeArray();
        var children = new List<ArrayData>(column.Children.Count);
        var buffers = new List<ArrowBuffer>(2);
        try
        {
            var levels = leaves[column.Leaf - first].Levels;
            foreach (var child in column.Children)
                children.Add(child.Shape == ColumnShape.Missing ? Missing(column, child, levels, allocator) : Node(child, leaves, first, allocator));
            return column.Shape == ColumnShape.Struct
                ? Struct(column, levels, children, buffers, allocator)
                : List(column, levels, children, buffers, allocator);
        }
        catch
        {
            foreach (var child in children)
                child.Dispose();
            foreach (var buffer in buffers)
                buffer.Dispose();
            throw;
        }
    }

    /// <summary>A field that the file's structs do not have.</summary>
    private static ArrayData Missing(FileColumn column, FileColumn child, LeafLevels levels, MemoryAllocator allocator)
    {
        var slots = 0;
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels.Repetitions[i] <= column.Repetition && levels.Definitions[i] >= column.SlotDefinition)
                slots++;
        }

        return Constants.Nulls(child.Type!, slots, allocator).Data;
    }

    private static ArrayData Struct(
        FileColumn column, LeafLevels levels, List<ArrayData> children, List<ArrowBuffer> buffers, MemoryAllocator allocator)
    {
        using var bits = new PooledBytes();
        var bitmap = bits.Take((levels.Count + 7) / 8);
        int slots = 0, nulls = 0;
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels.Repetitions[i] > column.Repetition || levels.Definitions[i] < column.SlotDefinition)
                continue;
            var isValid = levels.Definitions[i] >= column.Definition;
            Bitmaps.Put(bitmap, slots++, isValid);
            nulls += isValid ? 0 : 1;
        }

        foreach (var child in children)
        {
            if (child.Length != slots)
                Corrupt.Throw($"a field has {child.Length} places in {slots} structs");
        }

        buffers.Add(nulls == 0 ? ArrowBuffer.Empty : BitBuffer.Of(bitmap, slots, allocator));
        return new ArrayData(column.Type!, slots, nulls, 0, [.. buffers], [.. children]);
    }

    private static ArrayData List(
        FileColumn column, LeafLevels levels, List<ArrayData> children, List<ArrowBuffer> buffers, MemoryAllocator allocator)
    {
        using var bits = new PooledBytes();
        var bitmap = bits.Take((levels.Count + 7) / 8);
        IMemoryOwner<byte>? owner = allocator.Allocate((((levels.Count + 1) * sizeof(int)) + 63) & ~63);
        try
        {
            var offsets = MemoryMarshal.Cast<byte, int>(owner.Memory.Span);
            var definitions = levels.Definitions;
            var repetitions = levels.Repetitions;
            int slots = 0, nulls = 0, elements = 0;
            for (var i = 0; i < definitions.Length; i++)
            {
                if (repetitions[i] <= column.Repetition && definitions[i] >= column.SlotDefinition)
                {
                    var isValid = definitions[i] >= column.Definition;
                    Bitmaps.Put(bitmap, slots, isValid);
                    offsets[slots++] = elements;
                    nulls += isValid ? 0 : 1;
                }

                if (repetitions[i] <= column.Repetition + 1 && definitions[i] > column.Definition)
                    elements++;
            }

            offsets[slots] = elements;
            if (children[0].Length != elements)
                Corrupt.Throw($"{children[0].Length} elements in lists that have {elements}");
            buffers.Add(nulls == 0 ? ArrowBuffer.Empty : BitBuffer.Of(bitmap, slots, allocator));
            buffers.Add(Adopt.Take(ref owner));
            return new ArrayData(column.Type!, slots, nulls, 0, [.. buffers], [.. children]);
        }
        finally
        {
            owner?.Dispose();
        }
    }
}
