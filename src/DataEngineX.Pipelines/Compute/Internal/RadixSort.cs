using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>A stable sort of rows by unsigned 64-bit keys, a byte at a time, skipping bytes that all keys share.</summary>
internal static class RadixSort
{
    private const int Small = 48;
    private const int Digits = 8;
    private const int Radix = 256;

    /// <summary>A key whose unsigned order is the order of the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Key<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        {
            ulong bits = Hashing.Canonical(value);
            // The canonical NaN carries a sign; without it, it is above infinity.
            return T.IsNaN(value) ? ulong.MaxValue : (bits >> 63) != 0 ? ~bits : bits | (1UL << 63);
        }

        return typeof(T) == typeof(ulong) || typeof(T) == typeof(uint) || typeof(T) == typeof(ushort) || typeof(T) == typeof(byte)
            ? ulong.CreateTruncating(value)
            : (ulong)long.CreateTruncating(value) ^ (1UL << 63);
    }

    /// <summary>Sorts <paramref name="rows"/> by <paramref name="keys"/>, which are moved along.</summary>
    public static void Sort(Span<ulong> keys, Span<int> rows)
    {
        if (keys.Length <= Small)
        {
            Insert(keys, rows);
            return;
        }

        using var histogram = new Rented<int>(Digits * Radix);
        Span<int> counts = histogram.Span;
        counts.Clear();
        bool sorted = true;
        ulong previous = 0;
        foreach (ulong key in keys)
        {
            sorted &= key >= previous;
            previous = key;
            for (int d = 0; d < Digits; d++)
            {
                counts[(d * Radix) + (int)((key >> (8 * d)) & 0xFF)]++;
            }
        }

        if (sorted)
        {
            return;
        }

        using var keyRoom = new Rented<ulong>(keys.Length);
        using var rowRoom = new Rented<int>(rows.Length);
        Span<ulong> fromKeys = keys;
        Span<ulong> toKeys = keyRoom.Span;
        Span<int> fromRows = rows;
        Span<int> toRows = rowRoom.Span;
        bool swapped = false;
        for (int d = 0; d < Digits; d++)
        {
            Span<int> digit = counts.Slice(d * Radix, Radix);
            int shift = 8 * d;
            if (digit[(int)((keys[0] >> shift) & 0xFF)] == keys.Length)
            {
                continue;
            }

            Pass(fromKeys, fromRows, toKeys, toRows, digit, shift);
            Span<ulong> k = fromKeys;
            fromKeys = toKeys;
            toKeys = k;
            Span<int> r = fromRows;
            fromRows = toRows;
            toRows = r;
            swapped = !swapped;
        }

        if (swapped)
        {
            fromKeys.CopyTo(keys);
            fromRows.CopyTo(rows);
        }
    }

    private static void Pass(
        ReadOnlySpan<ulong> fromKeys, ReadOnlySpan<int> fromRows, Span<ulong> toKeys, Span<int> toRows, Span<int> counts, int shift)
    {
        int start = 0;
        for (int b = 0; b < Radix; b++)
        {
            int count = counts[b];
            counts[b] = start;
            start += count;
        }

        for (int i = 0; i < fromKeys.Length; i++)
        {
            ulong key = fromKeys[i];
            int at = counts[(int)((key >> shift) & 0xFF)]++;
            toKeys[at] = key;
            toRows[at] = fromRows[i];
        }
    }

    private static void Insert(Span<ulong> keys, Span<int> rows)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int row = rows[i];
            int at = i;
            while (at > 0 && keys[at - 1] > key)
            {
                keys[at] = keys[at - 1];
                rows[at] = rows[at - 1];
                at--;
            }

            keys[at] = key;
            rows[at] = row;
        }
    }
}
