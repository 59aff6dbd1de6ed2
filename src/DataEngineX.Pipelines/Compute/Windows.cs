using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Numbers and ranks rows that are already sorted by partition and order, and looks back over them.</summary>
/// <remarks>
/// <c>starts</c> marks the first row of every partition with true (<see cref="PartitionStarts"/> makes it); row 0 always starts one.
/// </remarks>
[Experimental("DEX0001")]
public static class Windows
{
    /// <summary>Marks the rows where a new partition begins.</summary>
    /// <param name="sortedKeys">Partition columns, in which equal rows are adjacent; null equals null. None means one partition.</param>
    /// <param name="starts">Gets one marker a row.</param>
    /// <exception cref="ArgumentException">A column is not as long as <paramref name="starts"/>.</exception>
    public static void PartitionStarts(IReadOnlyList<IArrowArray> sortedKeys, Span<bool> starts)
    {
        ArgumentNullException.ThrowIfNull(sortedKeys);
        starts.Clear();
        if (starts.Length > 0)
        {
            starts[0] = true;
        }

        foreach (IArrowArray key in sortedKeys)
        {
            Guard.SameLength(nameof(PartitionStarts), starts.Length, key.Length);
            if (key is DictionaryArray)
            {
                // Different indices may stand for the same value.
                using IArrowArray plain = Dictionaries.Decode(key, MemoryAllocator.Default.Value);
                Changes.Mark(plain.Data, starts);
                continue;
            }

            Changes.Mark(key.Data, starts);
        }
    }

    /// <summary>The value <paramref name="n"/> rows before in the partition, or null where there is none.</summary>
    /// <param name="array">The column, borrowed, of any type <see cref="Selection.Take(IArrowArray, ReadOnlySpan{int}, MemoryAllocator)"/> works on.</param>
    /// <param name="starts">Partition markers.</param>
    /// <param name="n">How many rows back; negative looks ahead.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    public static IArrowArray Lag(IArrowArray array, ReadOnlySpan<bool> starts, int n, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(Lag), array.Length, starts.Length);
        using var rented = new Rented<int>(array.Length);
        Span<int> indices = rented.Span;
        int begin = 0;
        while (begin < indices.Length)
        {
            int end = begin + 1;
            while (end < indices.Length && !starts[end])
            {
                end++;
            }

            for (int i = begin; i < end; i++)
            {
                long from = (long)i - n;
                indices[i] = from >= begin && from < end ? (int)from : -1;
            }

            begin = end;
        }

        return Gather.Run(nameof(Lag), array.Data, indices, allocator);
    }

    /// <summary>The number of the row in its partition, from 1, as int64.</summary>
    /// <param name="starts">Partition markers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One number a row, owned by the caller.</returns>
    public static IArrowArray RowNumber(ReadOnlySpan<bool> starts, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        using var values = new OutputBuffer<long>(allocator, starts.Length);
        Span<long> target = values.Span;
        long number = 0;
        for (int i = 0; i < target.Length; i++)
        {
            number = starts[i] ? 1 : number + 1;
            target[i] = number;
        }

        return Assemble.Fixed(Int64Type.Default, starts.Length, null, values);
    }

    /// <summary>The number of the first of the rows with equal order keys, from 1, as int64.</summary>
    /// <param name="starts">Partition markers.</param>
    /// <param name="peers">Marks each row whose partition or order keys are not those of the row before.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One rank a row, owned by the caller.</returns>
    public static IArrowArray Rank(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator) =>
        Rankings.Rank(starts, peers, isDense: false, allocator);

    /// <summary>The number of different order keys up to the row, as int64.</summary>
    /// <inheritdoc cref="Rank"/>
    public static IArrowArray DenseRank(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator) =>
        Rankings.Rank(starts, peers, isDense: true, allocator);

    /// <summary>The rank less one by the rows of the partition less one, as double; 0 in a partition of one row.</summary>
    /// <inheritdoc cref="Rank"/>
    public static IArrowArray PercentRank(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator) =>
        Rankings.PercentRank(starts, peers, allocator);

    /// <summary>The share of the partition's rows that stand not after the row or its equals, as double.</summary>
    /// <inheritdoc cref="Rank"/>
    public static IArrowArray CumeDist(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator) =>
        Rankings.CumeDist(starts, peers, allocator);

    /// <summary>The number, from 1, of the tile of nearly equal size that the row is in, as int64; the first tiles are the larger ones.</summary>
    /// <param name="starts">Partition markers.</param>
    /// <param name="tiles">How many tiles a partition has; at least 1.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One tile a row, owned by the caller.</returns>
    public static IArrowArray Tile(ReadOnlySpan<bool> starts, int tiles, MemoryAllocator allocator) => Rankings.Tile(starts, tiles, allocator);
}
