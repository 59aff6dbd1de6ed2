using System.Numerics;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>Texts have a number of characters between two bounds. A character is a code point.</summary>
/// <param name="low">The fewest.</param>
/// <param name="high">The most.</param>
internal sealed class LengthTest(long low, long high) : TextTest
{
    public override bool Holds(ReadOnlySpan<byte> text) => IsIn(Ascii.IsValid(text) ? text.Length : Runes(text));

    public override void Run(TextColumn texts, int rows, ReadOnlySpan<ulong> skipped, Span<ulong> fails)
    {
        var offsets = texts.Offsets;
        if (rows == 0 || !Ascii.IsValid(texts.Bytes[offsets[0]..offsets[rows]]))
        {
            TextLoop.Run(new Each(this), texts, rows, skipped, fails);
            return;
        }

        // Of ASCII alone the lengths in bytes tell.
        for (var w = 0; w < fails.Length; w++)
        {
            var part = offsets[(w << 6)..(Math.Min(rows, (w + 1) << 6) + 1)];
            var word = 0UL;
            for (var i = 0; i < part.Length - 1; i++)
                word |= (IsIn(part[i + 1] - part[i]) ? 0UL : 1) << i;
            fails[w] = word;
        }
    }

    private bool IsIn(int length) => length >= low && length <= high;

    /// <summary>Every byte of UTF-8 but the continuations (10xxxxxx) starts a code point.</summary>
    private static int Runes(ReadOnlySpan<byte> text)
    {
        var count = 0;
        var i = 0;
        for (; i + Vector<byte>.Count <= text.Length; i += Vector<byte>.Count)
        {
            var continuation = Vector.Equals(new Vector<byte>(text[i..]) & new Vector<byte>(0xC0), new Vector<byte>(0x80));
            count += Vector<byte>.Count - Vector.Sum(continuation & Vector<byte>.One);
        }

        for (; i < text.Length; i++)
            count += (text[i] & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }

    private readonly struct Each(LengthTest test) : ITextTest
    {
        public bool Holds(ReadOnlySpan<byte> text) => test.Holds(text);
    }
}
