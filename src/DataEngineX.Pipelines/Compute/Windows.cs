using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Looks back over rows that are already sorted by partition and order.</summary>
/// <remarks>
/// <c>starts</c> marks the first row of every partition with true (<see cref="PartitionStarts(IReadOnlyList{IArrowArray}, int)"/> makes it); row 0 always starts one.
/// A window is the current row and the <c>size</c> - 1 rows before it, as far as they are in its partition; nulls in it are skipped,
/// and fewer than <c>minPeriods</c> values give null.
/// </remarks>
[Experimental("DEX0001")]
public static class Windows
{
    /// <summary>Marks the rows where a new partition begins.</summary>
    /// <param name="sortedKeys">Partition columns, in which equal rows are adjacent; null equals null. None means one partition.</param>
    /// <param name="length">Number of rows.</param>
    /// <returns>One marker a row.</returns>
    /// <exception cref="ArgumentException">A column is not of <paramref name="length"/> rows.</exception>
    public static bool[] PartitionStarts(IReadOnlyList<IArrowArray> sortedKeys, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var starts = new bool[length];
        PartitionStarts(sortedKeys, starts);
        return starts;
    }

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

    /// <summary>Sum over the window; int64 of signed integers, uint64 of unsigned ones, double of floats.</summary>
    /// <param name="array">A column of numbers, borrowed.</param>
    /// <param name="starts">Partition markers.</param>
    /// <param name="size">Rows in a window; at least 1.</param>
    /// <param name="minPeriods">Values a window must have; at least 1.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One sum a row, owned by the caller.</returns>
    /// <exception cref="OverflowException">An integer sum does not fit.</exception>
    public static IArrowArray RollingSum(IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator) =>
        Roll(AggregateKind.Sum, array, starts, size, minPeriods, allocator);

    /// <summary>Mean over the window, as double.</summary>
    /// <inheritdoc cref="RollingSum"/>
    public static IArrowArray RollingMean(IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator) =>
        Roll(AggregateKind.Mean, array, starts, size, minPeriods, allocator);

    /// <summary>Sample standard deviation over the window, as double; null also for fewer than two values.</summary>
    /// <inheritdoc cref="RollingSum"/>
    public static IArrowArray RollingStd(IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator) =>
        Roll(AggregateKind.StandardDeviation, array, starts, size, minPeriods, allocator);

    /// <summary>Least value of the window, in the column's type; NaN counts as the greatest.</summary>
    /// <inheritdoc cref="RollingSum"/>
    public static IArrowArray RollingMin(IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator) =>
        Roll(AggregateKind.Min, array, starts, size, minPeriods, allocator);

    /// <summary>Greatest value of the window, in the column's type; NaN counts as the greatest.</summary>
    /// <inheritdoc cref="RollingSum"/>
    public static IArrowArray RollingMax(IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator) =>
        Roll(AggregateKind.Max, array, starts, size, minPeriods, allocator);

    /// <summary>Sum of the values of the partition up to the current row; null before the first value.</summary>
    /// <param name="array">A column of numbers, borrowed.</param>
    /// <param name="starts">Partition markers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One sum a row, owned by the caller.</returns>
    /// <exception cref="OverflowException">An integer sum does not fit.</exception>
    public static IArrowArray CumulativeSum(IArrowArray array, ReadOnlySpan<bool> starts, MemoryAllocator allocator) =>
        Roll(AggregateKind.Sum, array, starts, int.MaxValue, 1, allocator);

    /// <summary>Mean of the values of the partition up to the current row, as double; null before the first value.</summary>
    /// <inheritdoc cref="CumulativeSum"/>
    public static IArrowArray CumulativeMean(IArrowArray array, ReadOnlySpan<bool> starts, MemoryAllocator allocator) =>
        Roll(AggregateKind.Mean, array, starts, int.MaxValue, 1, allocator);

    /// <summary>Number of values of the partition up to the current row, as int64.</summary>
    /// <param name="array">A column of any type, borrowed.</param>
    /// <param name="starts">Partition markers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One count a row, owned by the caller.</returns>
    public static IArrowArray CumulativeCount(IArrowArray array, ReadOnlySpan<bool> starts, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(CumulativeCount), array.Length, starts.Length);
        return Count(Bits.Validity(array.Data), starts, allocator);
    }

    /// <summary>The number of the row in its partition, from 1, as int64.</summary>
    /// <param name="starts">Partition markers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One number a row, owned by the caller.</returns>
    public static IArrowArray RowNumber(ReadOnlySpan<bool> starts, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        return Count(Bits.Ones(starts.Length), starts, allocator);
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

    /// <summary>The value of the first row of the partition.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="starts">Partition markers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    public static IArrowArray First(IArrowArray array, ReadOnlySpan<bool> starts, MemoryAllocator allocator) =>
        Edge(array, starts, isLast: false, allocator);

    /// <summary>The value of the last row of the partition.</summary>
    /// <inheritdoc cref="First"/>
    public static IArrowArray Last(IArrowArray array, ReadOnlySpan<bool> starts, MemoryAllocator allocator) =>
        Edge(array, starts, isLast: true, allocator);

    private static IArrowArray Edge(IArrowArray array, ReadOnlySpan<bool> starts, bool isLast, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(isLast ? nameof(Last) : nameof(First), array.Length, starts.Length);
        using var rented = new Rented<int>(array.Length);
        Span<int> indices = rented.Span;
        for (int begin = 0; begin < indices.Length;)
        {
            int end = Rankings.EndOf(starts, begin);
            indices[begin..end].Fill(isLast ? end - 1 : begin);
            begin = end;
        }

        return Gather.Run(nameof(First), array.Data, indices, allocator);
    }

    private static IArrowArray Count(Bits counted, ReadOnlySpan<bool> starts, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<long>(allocator, starts.Length);
        Span<long> target = values.Span;
        long count = 0;
        for (int i = 0; i < target.Length; i++)
        {
            count = (starts[i] ? 0 : count) + (counted[i] ? 1 : 0);
            target[i] = count;
        }

        return Assemble.Fixed(Int64Type.Default, starts.Length, null, values);
    }

    private static IArrowArray Roll(
        AggregateKind kind, IArrowArray array, ReadOnlySpan<bool> starts, int size, int minPeriods, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minPeriods, 1);
        Guard.SameLength(kind.ToString(), array.Length, starts.Length);
        using var from = new OutputBuffer<int>(allocator, array.Length);
        using var to = new OutputBuffer<int>(allocator, array.Length);
        RowFrames.Fill(size == int.MaxValue ? null : size - 1, 0, starts, from.Span, to.Span);
        return FrameAggregate.Create(kind, array.Data.DataType).Run(array.Data, from.Span, to.Span, minPeriods, -1, allocator);
    }
}
