using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Builds the validity bitmaps of outputs. A missing bitmap (null) means that no row is null.</summary>
internal static class Validity
{
    /// <summary>An all-zero bitmap to be filled.</summary>
    public static OutputBuffer<ulong> Empty(int length, MemoryAllocator allocator) => new(allocator, Bits.WordsFor(length), clear: true);

    public static OutputBuffer<ulong>? Copy(Bits bits, MemoryAllocator allocator)
    {
        if (bits.AllSet)
        {
            return null;
        }

        var output = new OutputBuffer<ulong>(allocator, bits.Words);
        CopyTo(bits, output.Span);
        return output;
    }

    /// <summary>Copies the bits to words, which makes it a bitmap that can be changed.</summary>
    public static void CopyTo(Bits bits, Span<ulong> words)
    {
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = bits.Word(w);
        }
    }

    /// <summary>Valid where both are.</summary>
    public static OutputBuffer<ulong>? And(Bits left, Bits right, MemoryAllocator allocator)
    {
        if (left.AllSet)
        {
            return Copy(right, allocator);
        }

        if (right.AllSet)
        {
            return Copy(left, allocator);
        }

        var output = new OutputBuffer<ulong>(allocator, left.Words);
        Span<ulong> words = output.Span;
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = left.Word(w) & right.Word(w);
        }

        return output;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(Span<ulong> words, int index) => words[index >> 6] |= 1UL << (index & 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear(Span<ulong> words, int index) => words[index >> 6] &= ~(1UL << (index & 63));

    /// <summary>Hands the bitmap over; a bitmap without a null is dropped. Bits beyond the length must be zero.</summary>
    public static ArrowBuffer Build(OutputBuffer<ulong>? bitmap, int length, out int nullCount)
    {
        nullCount = 0;
        if (bitmap is null)
        {
            return ArrowBuffer.Empty;
        }

        int valid = 0;
        foreach (ulong word in bitmap.Span)
        {
            valid += BitOperations.PopCount(word);
        }

        nullCount = length - valid;
        if (nullCount != 0)
        {
            return bitmap.Build();
        }

        bitmap.Dispose();
        return ArrowBuffer.Empty;
    }
}
