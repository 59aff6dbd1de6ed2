using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Moves values that lie one after another to the places of those rows that have one.</summary>
internal static class Spread
{
    /// <summary>Spreads in place, from the end, so that nothing is overwritten before it has moved.</summary>
    /// <param name="values">Room for one value a row; the first <paramref name="count"/> are filled.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="bitmap">A bit a row, set where there is a value.</param>
    /// <param name="at">The first row's bit.</param>
    internal static void InPlace<T>(Span<T> values, int count, ReadOnlySpan<byte> bitmap, int at)
        where T : unmanaged
    {
        var row = values.Length;
        while (count > 0 && count < row)
        {
            // Whole words of bits, where a run without nulls moves at once.
            if (row >= 64 && ((at + row) & 7) == 0)
            {
                var word = Unsafe.ReadUnaligned<ulong>(in bitmap[(at + row - 64) >> 3]);
                var present = BitOperations.PopCount(word);
                row -= 64;
                count -= present;
                if (present == 64)
                    values.Slice(count, 64).CopyTo(values.Slice(row, 64));
                else
                    Word(values, word, row, count, present);
                continue;
            }

            row--;
            if (Bitmaps.Get(bitmap, at + row))
                values[row] = values[--count];
        }
    }

    private static void Word<T>(Span<T> values, ulong word, int row, int first, int present)
        where T : unmanaged
    {
        for (var i = present - 1; i >= 0; i--)
        {
            var bit = 63 - BitOperations.LeadingZeroCount(word);
            values[row + bit] = values[first + i];
            word ^= 1UL << bit;
        }
    }
}
