using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Numbers texts by their first appearance, and gives up soon when most of them are different.</summary>
internal sealed class DistinctTexts : IDisposable
{
    private const int Trial = 16_384;
    private const int MostBytes = 1 << 20;

    private readonly PooledBytes _slots = new();
    private readonly PooledBytes _offsets = new();
    private readonly PooledBytes _bytes = new();
    private readonly PooledBytes _marks = new();

    internal int Count { get; private set; }

    internal byte[] Bytes => _bytes.Array;

    internal ReadOnlySpan<int> Offsets => MemoryMarshal.Cast<byte, int>(_offsets.Array.AsSpan())[..(Count + 1)];

    internal ReadOnlySpan<byte> this[int number] => _bytes.Array.AsSpan(Offsets[number], Offsets[number + 1] - Offsets[number]);

    /// <summary>Numbers texts.</summary>
    /// <param name="texts">Their bytes; <see cref="PooledBytes.Slack"/> more are readable behind them.</param>
    /// <param name="offsets">Where each starts, and the end of the last.</param>
    /// <param name="indices">Takes the numbers.</param>
    /// <returns>False when there are too many distinct ones for a dictionary to pay; the indices are then worthless.</returns>
    internal bool TryIndex(byte[] texts, ReadOnlySpan<int> offsets, Span<int> indices)
    {
        Count = 0;
        var count = offsets.Length - 1;
        var trial = Math.Min(Trial, count);
        if (!TryIndex(texts, offsets[..(trial + 1)], indices, trial, trial) || (trial < count && Count > trial / 4 * 3))
            return false;
        var most = Math.Min(DistinctValues<int>.Most, count / 2);
        if (trial == count)
            return Count <= Math.Max(1, most);
        return TryIndex(texts, offsets, indices, most, Math.Min(most, 8 * Count * (count / trial)));
    }

    /// <summary>Marks the texts that some numbers stand for, and no others.</summary>
    internal void Mark(ReadOnlySpan<int> numbers)
    {
        var marks = _marks.Take(Count);
        marks.AsSpan(0, Count).Clear();
        foreach (var number in numbers)
            marks[number] = 1;
    }

    internal bool IsMarked(int number) => _marks.Array[number] != 0;

    public void Dispose()
    {
        _slots.Dispose();
        _offsets.Dispose();
        _bytes.Dispose();
        _marks.Dispose();
    }

    private bool TryIndex(byte[] texts, ReadOnlySpan<int> offsets, Span<int> indices, int most, int expected)
    {
        // Twice as many slots as texts. A slot holds a number from 1, zero being free, above half of the hash.
        var bits = Math.Max(8, 33 - int.LeadingZeroCount(Math.Min(most, Math.Max(expected, 64))));
        var size = 1 << bits;
        var slots = MemoryMarshal.Cast<byte, ulong>(_slots.Take(size * sizeof(ulong)).AsSpan())[..size];
        slots.Clear();
        var limit = Math.Min(most, size / 2);
        var ends = MemoryMarshal.Cast<byte, int>(_offsets.Take((limit + 1) * sizeof(int)).AsSpan());
        ends[0] = 0;
        int count = 0, used = 0;
        for (var i = 0; i < indices.Length && i < offsets.Length - 1; i++)
        {
            var length = offsets[i + 1] - offsets[i];
            var text = texts.AsSpan(offsets[i], length);
            var hash = Hash(ref texts[offsets[i]], length);
            var slot = (int)(hash >> (64 - bits));
            int number;
            while (true)
            {
                var entry = slots[slot];
                number = (int)(uint)entry;
                if (entry == 0 || ((uint)(entry >> 32) == (uint)hash && Same(number - 1, text, ends)))
                    break;
                slot = (slot + 1) & (size - 1);
            }

            if (number == 0)
            {
                if (count == limit || used + length > MostBytes)
                    return false;
                text.CopyTo(_bytes.Grow(used, used + length).AsSpan(used));
                used += length;
                ends[++count] = used;
                slots[slot] = ((ulong)(uint)hash << 32) | (uint)count;
                number = count;
            }

            indices[i] = number - 1;
        }

        Count = count;
        return true;
    }

    private bool Same(int number, ReadOnlySpan<byte> text, ReadOnlySpan<int> ends) =>
        _bytes.Array.AsSpan(ends[number], ends[number + 1] - ends[number]).SequenceEqual(text);

    // Reads whole words, the last of them beyond the end where the text is short; what does not belong to it is cut off.
    private static ulong Hash(ref byte text, int length)
    {
        const ulong Mix = 0x9E37_79B9_7F4A_7C15UL;
        var hash = (ulong)length * Mix;
        for (; length >= 8; length -= 8)
        {
            hash = Fold(hash ^ Unsafe.ReadUnaligned<ulong>(ref text));
            text = ref Unsafe.Add(ref text, 8);
        }

        if (length > 0)
            hash = Fold(hash ^ (Unsafe.ReadUnaligned<ulong>(ref text) & (ulong.MaxValue >> (64 - (8 * length)))));
        return hash;

        static ulong Fold(ulong word)
        {
            var high = Math.BigMul(word, Mix, out var low);
            return high ^ low;
        }
    }
}
