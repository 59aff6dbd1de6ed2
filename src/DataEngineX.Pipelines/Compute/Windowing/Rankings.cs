using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Numbers rows by their place in a sorted partition.</summary>
internal static class Rankings
{
    /// <summary>The end of the partition that starts at a row.</summary>
    public static int EndOf(ReadOnlySpan<bool> starts, int begin)
    {
        int next = starts[(begin + 1)..].IndexOf(true);
        return next < 0 ? starts.Length : begin + 1 + next;
    }

    public static IArrowArray Rank(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, bool isDense, MemoryAllocator allocator)
    {
        Guard.SameLength(nameof(Rank), starts.Length, peers.Length);
        using var output = new OutputBuffer<long>(allocator, starts.Length);
        Span<long> target = output.Span;
        int partition = 0;
        long rank = 0;
        for (int i = 0; i < target.Length; i++)
        {
            if (i == 0 || starts[i])
            {
                partition = i;
                rank = 1;
            }
            else if (peers[i])
            {
                rank = isDense ? rank + 1 : i - partition + 1;
            }

            target[i] = rank;
        }

        return Assemble.Fixed(Int64Type.Default, starts.Length, null, output);
    }

    public static IArrowArray PercentRank(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator)
    {
        Guard.SameLength(nameof(PercentRank), starts.Length, peers.Length);
        using var output = new OutputBuffer<double>(allocator, starts.Length);
        Span<double> target = output.Span;
        for (int begin = 0; begin < target.Length;)
        {
            int end = EndOf(starts, begin);
            int first = begin;
            for (int i = begin; i < end; i++)
            {
                first = peers[i] ? i : first;
                target[i] = end - begin == 1 ? 0 : (double)(first - begin) / (end - begin - 1);
            }

            begin = end;
        }

        return Assemble.Fixed(DoubleType.Default, starts.Length, null, output);
    }

    /// <summary>The share of the rows that stand not after the row or its equals.</summary>
    public static IArrowArray CumeDist(ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, MemoryAllocator allocator)
    {
        Guard.SameLength(nameof(CumeDist), starts.Length, peers.Length);
        using var output = new OutputBuffer<double>(allocator, starts.Length);
        Span<double> target = output.Span;
        for (int begin = 0; begin < target.Length;)
        {
            int end = EndOf(starts, begin);
            for (int first = begin; first < end;)
            {
                int last = Math.Min(end, EndOf(peers, first));
                target[first..last].Fill((double)(last - begin) / (end - begin));
                first = last;
            }

            begin = end;
        }

        return Assemble.Fixed(DoubleType.Default, starts.Length, null, output);
    }

    public static IArrowArray Tile(ReadOnlySpan<bool> starts, int tiles, MemoryAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles, 1);
        using var output = new OutputBuffer<long>(allocator, starts.Length);
        Span<long> target = output.Span;
        for (int begin = 0; begin < target.Length;)
        {
            int end = EndOf(starts, begin);
            (long size, long larger) = Math.DivRem((long)(end - begin), tiles);
            for (int i = begin; i < end; i++)
            {
                target[i] = TileOf(i - begin, size, larger);
            }

            begin = end;
        }

        return Assemble.Fixed(Int64Type.Default, starts.Length, null, output);
    }

    /// <summary>The tile of a row, from its number, when the first so many tiles have one row more than the others.</summary>
    public static long TileOf(long row, long size, long larger) =>
        row < larger * (size + 1) ? (row / (size + 1)) + 1 : ((row - larger) / Math.Max(1, size)) + 1;
}
