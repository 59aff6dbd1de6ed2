using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Puts columns and batches one after another.</summary>
/// <remarks>
/// Works on every fixed-width type, bool, utf8, binary, null, list, struct, and dictionary columns with int32 indices, whose
/// dictionaries are put one after another too.
/// </remarks>
[Experimental("DEX0001")]
public static class Concatenation
{
    /// <summary>Puts columns of one type one after another.</summary>
    /// <param name="arrays">At least one column, all borrowed.</param>
    /// <param name="allocator">Where the output is allocated. A single column is shared instead of copied.</param>
    /// <returns>One column with all rows, owned by the caller.</returns>
    /// <exception cref="ArgumentException">There is no column, or their types differ.</exception>
    /// <exception cref="OverflowException">The result is larger than one Arrow column can be.</exception>
    public static IArrowArray Concat(IReadOnlyList<IArrowArray> arrays, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(allocator);
        if (arrays.Count == 0)
        {
            throw new ArgumentException("Concat needs at least one column.", nameof(arrays));
        }

        if (arrays.Count == 1)
        {
            return Assemble.Share(arrays[0]);
        }

        var parts = new ArrayData[arrays.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = arrays[i].Data;
            Guard.SameType(nameof(Concat), parts[0].DataType, parts[i].DataType);
        }

        return Joiner.Run(nameof(Concat), parts, allocator);
    }

    /// <summary>Puts batches of one schema one after another; the schema of the first is the result's.</summary>
    /// <param name="batches">At least one batch, all borrowed.</param>
    /// <param name="allocator">Where the output is allocated. A single batch is shared instead of copied.</param>
    /// <returns>One batch with all rows, owned by the caller.</returns>
    /// <exception cref="ArgumentException">There is no batch, or their columns differ in number or type.</exception>
    public static RecordBatch Concat(IReadOnlyList<RecordBatch> batches, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(allocator);
        if (batches.Count == 0)
        {
            throw new ArgumentException("Concat needs at least one batch.", nameof(batches));
        }

        RecordBatch first = batches[0];
        if (batches.Count == 1)
        {
            return first.SliceShared(0, first.Length);
        }

        int length = 0;
        foreach (RecordBatch batch in batches)
        {
            if (batch.ColumnCount != first.ColumnCount)
            {
                throw new ArgumentException(
                    $"Concat needs batches of one schema, but got {first.ColumnCount} and {batch.ColumnCount} columns.", nameof(batches));
            }

            length = checked(length + batch.Length);
        }

        using var columns = new BatchColumns(first.ColumnCount);
        var parts = new IArrowArray[batches.Count];
        for (int c = 0; c < first.ColumnCount; c++)
        {
            for (int b = 0; b < parts.Length; b++)
            {
                parts[b] = batches[b].Column(c);
            }

            columns[c] = Concat(parts, allocator);
        }

        return columns.Build(first.Schema, length);
    }
}
