using System.Buffers;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Some rows of a file, by their numbers: a bitmap for each block of 65,536 rows that has any.</summary>
internal sealed class RowSet
{
    internal const int BlockRows = 1 << 16;

    private const int BlockWords = BlockRows / 64;

    private readonly Dictionary<long, ulong[]> _blocks = [];

    internal long Count => _blocks.Values.Sum(b => b.Sum(w => (long)BitOperations.PopCount(w)));

    /// <summary>The last row; -1 when there is none.</summary>
    internal long Last
    {
        get
        {
            var last = -1L;
            foreach (var (number, words) in _blocks)
            {
                var word = words.AsSpan().LastIndexOfAnyExcept(0UL);
                if (word >= 0)
                    last = Math.Max(last, (number * BlockRows) + (word * 64) + 63 - BitOperations.LeadingZeroCount(words[word]));
            }

            return last;
        }
    }

    /// <summary>The blocks that have a row, in order.</summary>
    internal IEnumerable<(long Number, ulong[] Words)> Blocks =>
        _blocks.Where(b => b.Value.Any(w => w != 0)).OrderBy(b => b.Key).Select(b => (b.Key, b.Value));

    internal ulong[] Block(long number) => _blocks.TryGetValue(number, out var block) ? block : _blocks[number] = new ulong[BlockWords];

    internal void Add(long row) => Block(row / BlockRows)[(int)(row % BlockRows) >> 6] |= 1UL << (int)(row & 63);

    internal bool Contains(long row) =>
        _blocks.TryGetValue(row / BlockRows, out var block) && (block[(int)(row % BlockRows) >> 6] & (1UL << (int)(row & 63))) != 0;

    /// <summary>Adds the rows of another set.</summary>
    internal void Add(RowSet other)
    {
        foreach (var (number, theirs) in other._blocks)
        {
            var words = Block(number);
            for (var w = 0; w < words.Length; w++)
                words[w] |= theirs[w];
        }
    }

    /// <summary>The rows of this set that the other does not have.</summary>
    internal RowSet Except(RowSet? other)
    {
        var rest = new RowSet();
        foreach (var (number, block) in _blocks)
        {
            var words = (ulong[])block.Clone();
            if (other?._blocks.GetValueOrDefault(number) is { } theirs)
            {
                for (var w = 0; w < words.Length; w++)
                    words[w] &= ~theirs[w];
            }

            rest._blocks[number] = words;
        }

        return rest;
    }

    /// <summary>All of so many rows but those of this set.</summary>
    internal RowSet Complement(long rows)
    {
        var rest = new RowSet();
        for (long first = 0; first < rows; first += BlockRows)
        {
            var words = new ulong[BlockWords];
            var theirs = _blocks.GetValueOrDefault(first / BlockRows);
            var count = (int)Math.Min(BlockRows, rows - first);
            for (var w = 0; w * 64 < count; w++)
                words[w] = ~(theirs?[w] ?? 0) & (count - (w * 64) >= 64 ? ulong.MaxValue : (1UL << (count - (w * 64))) - 1);
            rest._blocks[first / BlockRows] = words;
        }

        return rest;
    }

    /// <summary>What is left of a batch.</summary>
    /// <param name="batch">Taken.</param>
    /// <param name="first">The number of its first row in the file.</param>
    /// <param name="allocator">For batches made anew.</param>
    /// <returns>Batches, never empty ones; the caller owns each.</returns>
    internal IEnumerable<RecordBatch> Without(RecordBatch batch, long first, MemoryAllocator allocator)
    {
        var kept = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            var count = Kept(first, batch.Length, kept);
            if (count == batch.Length)
            {
                yield return batch.SliceShared(0, count);
            }
            else if (count > 0)
            {
                yield return Selection.Take(batch, kept.AsSpan(0, count), allocator);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(kept);
            batch.Dispose();
        }
    }

    private int Kept(long first, int rows, int[] kept)
    {
        var count = 0;
        for (var row = 0; row < rows;)
        {
            var at = first + row;
            var end = (int)Math.Min(rows, row + BlockRows - (at % BlockRows));
            if (!_blocks.TryGetValue(at / BlockRows, out var block))
            {
                while (row < end)
                    kept[count++] = row++;
                continue;
            }

            for (var inBlock = (int)(at % BlockRows); row < end; row++, inBlock++)
            {
                kept[count] = row;
                count += (block[inBlock >> 6] >> (inBlock & 63) & 1) == 0 ? 1 : 0;
            }
        }

        return count;
    }
}
