using System.Numerics;
using System.Runtime.InteropServices;

namespace DataEngineX.Compute;

/// <summary>Code points of UTF-8: every byte that does not continue one begins one.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        // Eight bytes at a time: a byte continues a code point when its upper bits are 10.
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (ulong word in words)
        {
            count += 8 - BitOperations.PopCount((word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101UL);
        }

        foreach (byte b in text[(words.Length * 8)..])
        {
            count += Begins(b) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The byte at which code point <paramref name="index"/> begins, or the end.</summary>
    public static int Offset(ReadOnlySpan<byte> text, long index)
    {
        int at = 0;
        for (long left = index; at < text.Length; at++)
        {
            if (Begins(text[at]) && left-- == 0)
            {
                return at;
            }
        }

        return at;
    }

    /// <summary>The byte at which the last <paramref name="count"/> code points begin, or the start.</summary>
    public static int OffsetFromEnd(ReadOnlySpan<byte> text, long count)
    {
        int at = text.Length;
        for (long left = count; left > 0 && at > 0; left--)
        {
            do
            {
                at--;
            }
            while (at > 0 && !Begins(text[at]));
        }

        return at;
    }

    private static bool Begins(byte b) => (b & 0xC0) != 0x80;
}
