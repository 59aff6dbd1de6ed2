using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Quality;

/// <summary>The loop over the texts of a column; short texts are loaded as one vector.</summary>
internal static class TextLoop
{
    /// <summary>Sets the bits of the rows that are checked and fail a test.</summary>
    public static void Run<T>(T test, TextColumn texts, int rows, ReadOnlySpan<ulong> skipped, Span<ulong> fails)
        where T : struct, ITextTest
    {
        var offsets = texts.Offsets;
        var bytes = texts.Bytes;
        for (var w = 0; w < fails.Length; w++)
        {
            var part = offsets[(w << 6)..(Math.Min(rows, (w + 1) << 6) + 1)];
            var rest = ~skipped[w] & (w == fails.Length - 1 ? RowBits.Tail(rows) : ulong.MaxValue);
            fails[w] = rest == ulong.MaxValue ? All(ref test, part, bytes) : Some(ref test, part, bytes, rest);
        }
    }

    private static ulong All<T>(ref T test, ReadOnlySpan<int> offsets, ReadOnlySpan<byte> bytes)
        where T : struct, ITextTest
    {
        var word = 0UL;
        var start = offsets[0];
        for (var i = 0; i < offsets.Length - 1; i++)
        {
            var end = offsets[i + 1];
            word |= (Holds(ref test, bytes, start, end - start) ? 0UL : 1) << i;
            start = end;
        }

        return word;
    }

    private static ulong Some<T>(ref T test, ReadOnlySpan<int> offsets, ReadOnlySpan<byte> bytes, ulong rest)
        where T : struct, ITextTest
    {
        var word = 0UL;
        for (; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            var start = offsets[bit];
            word |= (Holds(ref test, bytes, start, offsets[bit + 1] - start) ? 0UL : 1) << bit;
        }

        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Holds<T>(ref T test, ReadOnlySpan<byte> bytes, int start, int length)
        where T : struct, ITextTest
    {
        var text = bytes.Slice(start, length);
        return length <= ITextTest.Short && start <= bytes.Length - ITextTest.Short
            ? test.Holds(Vector256.Create(bytes.Slice(start, ITextTest.Short)), text)
            : test.Holds(text);
    }
}
