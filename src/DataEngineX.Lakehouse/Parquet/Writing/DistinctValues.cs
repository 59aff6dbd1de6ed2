using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Numbers values by their first appearance, and gives up soon when most of them are different.</summary>
internal sealed class DistinctValues<T> : IDisposable
    where T : unmanaged
{
    /// <summary>The most values a dictionary may have: their indices then need at most 16 bits.</summary>
    internal const int Most = 1 << 16;

    private const int Trial = 16_384;

    private readonly PooledBytes _slots = new();
    private readonly PooledBytes _values = new();

    internal int Count { get; private set; }

    internal ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(_values.Array.AsSpan())[..Count];

    /// <summary>Numbers values.</summary>
    /// <returns>False when there are too many distinct ones for a dictionary to pay; the indices are then worthless.</returns>
    internal bool TryIndex(ReadOnlySpan<T> values, Span<int> indices)
    {
        Count = 0;
        var most = Math.Min(Most, values.Length / 2);
        var trial = Math.Min(Trial, values.Length);
        if (!TryIndex(values[..trial], indices, trial, trial) || (trial < values.Length && Count > trial / 4 * 3))
            return false;
        if (trial == values.Length)
            return Count <= Math.Max(1, most);
        return TryIndex(values, indices, most, Math.Min(most, 8 * Count * (values.Length / trial)));
    }

    public void Dispose()
    {
        _slots.Dispose();
        _values.Dispose();
    }

    private bool TryIndex(ReadOnlySpan<T> values, Span<int> indices, int most, int expected)
    {
        // Twice as many slots as values; a slot holds a number from 1, so that zero is free.
        var bits = Math.Max(8, 33 - int.LeadingZeroCount(Math.Min(most, Math.Max(expected, 64))));
        var size = 1 << bits;
        var slots = MemoryMarshal.Cast<byte, int>(_slots.Take(size * sizeof(int)).AsSpan())[..size];
        slots.Clear();
        var limit = Math.Min(most, size / 2);
        var known = MemoryMarshal.Cast<byte, T>(_values.Take((limit + 1) * Unsafe.SizeOf<T>()).AsSpan());
        var shift = 64 - bits;
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var slot = (int)(Hash(value) >> shift);
            int number;
            while ((number = slots[slot]) != 0 && !Same(known[number - 1], value))
                slot = (slot + 1) & (size - 1);
            if (number == 0)
            {
                if (count == limit)
                    return false;
                known[count] = value;
                slots[slot] = number = ++count;
            }

            indices[i] = number - 1;
        }

        Count = count;
        return true;
    }

    // By their bits: each NaN and each zero stays what it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same(T left, T right) => Unsafe.SizeOf<T>() switch
    {
        4 => Unsafe.BitCast<T, uint>(left) == Unsafe.BitCast<T, uint>(right),
        8 => Unsafe.BitCast<T, ulong>(left) == Unsafe.BitCast<T, ulong>(right),
        _ => Unsafe.BitCast<T, UInt128>(left) == Unsafe.BitCast<T, UInt128>(right),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(T value)
    {
        var word = Unsafe.SizeOf<T>() switch
        {
            4 => Unsafe.BitCast<T, uint>(value),
            8 => Unsafe.BitCast<T, ulong>(value),
            _ => (ulong)Unsafe.BitCast<T, UInt128>(value) ^ (ulong)(Unsafe.BitCast<T, UInt128>(value) >> 64),
        };
        word ^= word >> 32;
        return word * 0x9E37_79B9_7F4A_7C15UL;
    }
}
