using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Runs of bits, lowest bit of each byte first.</summary>
internal static class Bitmaps
{
    internal static bool Get(ReadOnlySpan<byte> bits, int at) => (bits[at >> 3] & (1 << (at & 7))) != 0;

    /// <summary>Sets or clears bits.</summary>
    internal static void Fill(Span<byte> bits, int at, int count, bool value)
    {
        for (; count > 0 && (at & 7) != 0; at++, count--)
            Put(bits, at, value);
        bits.Slice(at >> 3, count >> 3).Fill(value ? (byte)0xFF : (byte)0);
        at += count & ~7;
        for (count &= 7; count > 0; at++, count--)
            Put(bits, at, value);
    }

    /// <summary>Copies bits.</summary>
    /// <returns>How many of them are set.</returns>
    internal static int Copy(ReadOnlySpan<byte> source, int from, Span<byte> target, int at, int count)
    {
        var set = 0;
        for (; count > 0 && (at & 7) != 0; at++, from++, count--)
        {
            var bit = Get(source, from);
            Put(target, at, bit);
            set += bit ? 1 : 0;
        }

        for (; count >= 64; at += 64, from += 64, count -= 64)
        {
            var word = Word(source, from);
            Unsafe.WriteUnaligned(ref target[at >> 3], word);
            set += BitOperations.PopCount(word);
        }

        for (; count > 0; at++, from++, count--)
        {
            var bit = Get(source, from);
            Put(target, at, bit);
            set += bit ? 1 : 0;
        }

        return set;
    }

    internal static int Count(ReadOnlySpan<byte> bits, int at, int count)
    {
        var set = 0;
        for (; count > 0 && (at & 7) != 0; at++, count--)
            set += Get(bits, at) ? 1 : 0;
        for (; count >= 64; at += 64, count -= 64)
            set += BitOperations.PopCount(Unsafe.ReadUnaligned<ulong>(in bits[at >> 3]));
        for (; count > 0; at++, count--)
            set += Get(bits, at) ? 1 : 0;
        return set;
    }

    internal static void Put(Span<byte> bits, int at, bool value)
    {
        if (value)
            bits[at >> 3] |= (byte)(1 << (at & 7));
        else
            bits[at >> 3] &= (byte)~(1 << (at & 7));
    }

    // 64 bits from any position; the ninth byte is only asked for when bits of it are wanted.
    private static ulong Word(ReadOnlySpan<byte> bits, int at)
    {
        var shift = at & 7;
        var low = Unsafe.ReadUnaligned<ulong>(in bits[at >> 3]) >> shift;
        return shift == 0 ? low : low | ((ulong)bits[(at >> 3) + 8] << (64 - shift));
    }
}
