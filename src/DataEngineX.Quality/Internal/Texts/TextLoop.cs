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
            var first = w << 6;
            var word = 0UL;
            for (var rest = ~skipped[w] & (w == fails.Length - 1 ? RowBits.Tail(rows) : ulong.MaxValue); rest != 0; rest &= rest - 1)
            {
                var bit = BitOperations.TrailingZeroCount(rest);
                var start = offsets[first + bit];
                word |= (Holds(test, bytes, start, offsets[first + bit + 1] - start) ? 0UL : 1) << bit;
            }

            fails[w] = word;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Holds<T>(T test, ReadOnlySpan<byte> bytes, int start, int length)
        where T : struct, ITextTest
    {
        var text = bytes.Slice(start, length);
        return length <= ITextTest.Short && start <= bytes.Length - ITextTest.Short
            ? test.Holds(Vector256.Create(bytes.Slice(start, ITextTest.Short)), text)
            : test.Holds(text);
    }
}
