using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Keeps or collects rows of columns and batches.</summary>
/// <remarks>
/// Works on every fixed-width type, bool, utf8, binary, null, dictionary, list, map and struct columns.
/// Inputs are borrowed; the caller owns the result.
/// </remarks>
[Experimental("DEX0001")]
public static class Selection
{
    /// <summary>Keeps the rows where <paramref name="mask"/> is true; false and null rows are dropped.</summary>
    /// <param name="array">The column.</param>
    /// <param name="mask">One boolean a row.</param>
    /// <param name="allocator">Where the output is allocated. When every row is kept, the input's buffers are shared instead.</param>
    /// <returns>The kept rows in order.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException">The column's type is not supported.</exception>
    public static IArrowArray Filter(IArrowArray array, BooleanArray mask, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(Filter), array.Length, mask.Length);
        using var rented = new Rented<int>(mask.Length);
        int kept = SelectedIndices(mask, rented.Span);
        return kept == mask.Length
            ? Assemble.Share(array)
            : Gather.Run(nameof(Filter), array.Data, RowPicks.Trust(rented.Span[..kept], anyMissing: false), allocator);
    }

    /// <summary>Keeps the rows of a batch where <paramref name="mask"/> is true; false and null rows are dropped.</summary>
    /// <param name="batch">The batch, borrowed.</param>
    /// <param name="mask">One boolean a row.</param>
    /// <param name="allocator">Where the output is allocated. When every row is kept, the input's buffers are shared instead.</param>
    /// <returns>A batch of the same schema.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static RecordBatch Filter(RecordBatch batch, BooleanArray mask, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(Filter), batch.Length, mask.Length);
        using var rented = new Rented<int>(mask.Length);
        int kept = SelectedIndices(mask, rented.Span);
        return kept == mask.Length ? batch.SliceShared(0, batch.Length) : Take(batch, RowPicks.Trust(rented.Span[..kept], anyMissing: false), allocator);
    }

    /// <summary>Collects rows by index, in the order of <paramref name="indices"/>; rows may repeat.</summary>
    /// <param name="array">The column.</param>
    /// <param name="indices">Row numbers from 0, or -1 for a null row.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>As many rows as there are indices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is beyond the column.</exception>
    public static IArrowArray Take(IArrowArray array, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        return Gather.Run(nameof(Take), array.Data, indices, allocator);
    }

    /// <summary>Collects rows of a batch by index; -1 gives a row of nulls.</summary>
    /// <param name="batch">The batch, borrowed.</param>
    /// <param name="indices">Row numbers from 0, or -1 for a row of nulls.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A batch of the same schema.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is beyond the batch.</exception>
    public static RecordBatch Take(RecordBatch batch, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(allocator);
        return Take(batch, RowPicks.Check(indices, batch.Length), allocator);
    }

    /// <summary>Writes the numbers of the rows where <paramref name="mask"/> is true.</summary>
    /// <param name="mask">One boolean a row; null counts as false.</param>
    /// <param name="indices">Room for at least as many numbers as there are true rows.</param>
    /// <returns>How many were written.</returns>
    public static int SelectedIndices(BooleanArray mask, Span<int> indices)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Bits values = Bits.Values(mask.Data);
        Bits validity = Bits.Validity(mask.Data);
        int count = 0;
        for (int w = 0; w < values.Words; w++)
        {
            ulong word = values.Word(w) & validity.Word(w);
            int start = w << 6;
            if (word == ulong.MaxValue)
            {
                Span<int> run = indices.Slice(count, 64);
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = start + i;
                }

                count += 64;
                continue;
            }

            while (word != 0)
            {
                indices[count++] = start + BitOperations.TrailingZeroCount(word);
                word &= word - 1;
            }
        }

        return count;
    }

    /// <summary>Counts the rows where <paramref name="mask"/> is true.</summary>
    /// <param name="mask">One boolean a row; null counts as false.</param>
    /// <returns>The number of true rows.</returns>
    public static int CountTrue(BooleanArray mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Bits values = Bits.Values(mask.Data);
        Bits validity = Bits.Validity(mask.Data);
        int count = 0;
        for (int w = 0; w < values.Words; w++)
        {
            count += BitOperations.PopCount(values.Word(w) & validity.Word(w));
        }

        return count;
    }

    private static RecordBatch Take(RecordBatch batch, RowPicks picks, MemoryAllocator allocator)
    {
        using var columns = new BatchColumns(batch.ColumnCount);
        for (int c = 0; c < batch.ColumnCount; c++)
        {
            columns[c] = Gather.Run(nameof(Take), batch.Column(c).Data, picks, allocator);
        }

        return columns.Build(batch.Schema, picks.Count);
    }
}
