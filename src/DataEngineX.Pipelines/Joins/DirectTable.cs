using System.Numerics;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>One whole-number key whose values lie close together: the value is the slot, so nothing is hashed or compared.</summary>
internal sealed unsafe class DirectTable<T> : JoinTable
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly ulong _least;
    private readonly OutputBuffer<int> _slots;
    private readonly int* _heads;
    private readonly int _count;
    private readonly int _ranges;

    /// <param name="keys">The rows.</param>
    /// <param name="least">The least key.</param>
    /// <param name="count">How many values there are from the least to the largest key.</param>
    /// <param name="ranges">How many threads will fill it.</param>
    /// <param name="memory">Where slots are allocated.</param>
    public DirectTable(BuildKeys keys, T least, int count, int ranges, MemoryAllocator memory)
        : base(keys, memory)
    {
        _least = Widen(least);
        _count = count;
        _ranges = ranges;
        _slots = new OutputBuffer<int>(memory, count);
        _heads = Address(_slots);
    }

    public override int Ranges => _ranges;

    public override bool Fill(int range)
    {
        var start = (int)((long)_count * range / _ranges);
        var end = (int)((long)_count * (range + 1) / _ranges);
        new Span<int>(_heads + start, end - start).Fill(-1);
        var from = _least + (ulong)start;
        var span = (ulong)(end - start);
        var column = Keys.Columns[0];

        // Backwards, so that a chain starts with the first row of its key.
        for (var c = Keys.Chunks.Count - 1; c >= 0; c--)
            FillChunk((T*)column.Values[c], Keys.Chunks[c], c << Keys.Shift, from, span, _heads + start);
        return true;
    }

    public static ulong Widen(T value) => ulong.CreateTruncating(value);

    protected override void FindAll(ProbeKeys probe, Span<int> heads)
    {
        var slots = _heads;
        var least = _least;
        var count = (ulong)_count;
        fixed (T* values = Columns.Values<T>(probe.Columns[0].Data))
        {
            for (var row = 0; row < heads.Length; row++)
            {
                var slot = Widen(values[row]) - least;
                heads[row] = slot < count ? slots[slot] : -1;
            }
        }
    }

    protected override void Release() => _slots.Dispose();

    private void FillChunk(T* values, ProbeKeys rows, int address, ulong from, ulong span, int* heads)
    {
        var valid = rows.Valid;
        for (var row = rows.Length - 1; row >= 0; row--)
        {
            var slot = Widen(values[row]) - from;
            if (slot >= span || (!valid.IsEmpty && ((valid[row >> 6] >> (row & 63)) & 1) == 0))
                continue;
            var head = heads[slot];
            heads[slot] = address + row;
            if (head >= 0)
                Chain(address + row, head);
        }
    }
}
