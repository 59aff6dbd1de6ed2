using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>One bit a row, 64 rows to a word; what lies behind the last row is zero.</summary>
internal static class RowBits
{
    /// <summary>The words that hold a number of rows.</summary>
    public static int Words(int rows) => (rows + 63) >> 6;

    /// <summary>The bits of the last word that stand for rows.</summary>
    public static ulong Tail(int rows) => (rows & 63) == 0 ? ulong.MaxValue : (1UL << (rows & 63)) - 1;

    public static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        return count;
    }

    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> other)
    {
        for (var w = 0; w < other.Length; w++)
            target[w] |= other[w];
    }

    /// <summary>Sets all rows.</summary>
    public static void Fill(Span<ulong> target, int rows)
    {
        target.Fill(ulong.MaxValue);
        if (rows > 0)
            target[^1] = Tail(rows);
    }

    /// <summary>Takes away from <paramref name="target"/> what is set in another, and what is no row.</summary>
    public static void AndNot(Span<ulong> target, ReadOnlySpan<ulong> other, int rows)
    {
        for (var w = 0; w < target.Length; w++)
            target[w] &= ~other[w];
        if (rows > 0)
            target[^1] &= Tail(rows);
    }

    /// <summary>The rows that are set, in order; null when none is.</summary>
    public static int[]? Rows(ReadOnlySpan<ulong> bits)
    {
        var count = Count(bits);
        if (count == 0)
            return null;
        var rows = new int[count];
        var next = 0;
        for (var w = 0; w < bits.Length; w++)
        {
            for (var word = bits[w]; word != 0; word &= word - 1)
                rows[next++] = (w << 6) + BitOperations.TrailingZeroCount(word);
        }

        return rows;
    }

    /// <summary>Gives a mark to those rows that are set and still hold.</summary>
    public static void Mark(ReadOnlySpan<ulong> bits, Span<RowMark> marks, RowMark mark)
    {
        for (var w = 0; w < bits.Length; w++)
        {
            for (var word = bits[w]; word != 0; word &= word - 1)
            {
                ref var own = ref marks[(w << 6) + BitOperations.TrailingZeroCount(word)];
                if (own == RowMark.Holds)
                    own = mark;
            }
        }
    }

    /// <summary>Sets the rows that have a mark.</summary>
    public static void Read(ReadOnlySpan<RowMark> marks, RowMark mark, Span<ulong> bits)
    {
        for (var w = 0; w < bits.Length; w++)
        {
            var part = marks[(w << 6)..Math.Min(marks.Length, (w + 1) << 6)];
            var word = 0UL;
            for (var i = 0; i < part.Length; i++)
                word |= (part[i] == mark ? 1UL : 0) << i;
            bits[w] = word;
        }
    }
}
