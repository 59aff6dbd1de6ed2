using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Writes numbers as runs of one repeated number and runs of bit-packed ones.</summary>
internal static class HybridEncoder
{
    /// <summary>The bits that numbers up to this one need.</summary>
    internal static int BitsOf(int most) => 32 - BitOperations.LeadingZeroCount((uint)most);

    internal static void Write(ByteSink sink, ReadOnlySpan<int> values, int bits)
    {
        if (bits == 0)
            return;
        var literal = 0;
        for (var i = 0; i < values.Length;)
        {
            var run = RunAt(values[i..]);

            // Literals come in groups of eight, so a run starts where the groups before it are whole.
            if (run < 8)
            {
                i += Math.Min(8, values.Length - i);
                continue;
            }

            WritePacked(sink, values[literal..i], bits);
            WriteRepeated(sink, values[i], run, bits);
            i += run;
            literal = i;
        }

        WritePacked(sink, values[literal..], bits);
    }

    internal static void WriteRepeated(ByteSink sink, int value, int count, int bits)
    {
        sink.WriteUnsigned((ulong)count << 1);
        for (var b = 0; b < (bits + 7) >> 3; b++)
            sink.WriteByte((byte)(value >> (8 * b)));
    }

    /// <summary>Writes bits of a bitmap that starts at a byte, as numbers of one bit.</summary>
    internal static void WriteBits(ByteSink sink, ReadOnlySpan<byte> bitmap, int count)
    {
        var groups = (count + 7) / 8;
        sink.WriteUnsigned(((ulong)groups << 1) | 1);
        sink.Write(bitmap[..groups]);
    }

    private static int RunAt(ReadOnlySpan<int> values)
    {
        var next = values.IndexOfAnyExcept(values[0]);
        return next < 0 ? values.Length : next;
    }

    private static void WritePacked(ByteSink sink, ReadOnlySpan<int> values, int bits)
    {
        if (values.IsEmpty)
            return;
        var groups = (values.Length + 7) / 8;
        sink.WriteUnsigned(((ulong)groups << 1) | 1);
        var bytes = groups * bits;
        ref var target = ref MemoryMarshal.GetReference(sink.Room(bytes));
        ulong word = 0;
        var filled = 0;
        nint at = 0;
        foreach (var value in values)
        {
            word |= (ulong)(uint)value << filled;
            filled += bits;
            if (filled < 32)
                continue;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, at), (uint)word);
            at += 4;
            word >>= 32;
            filled -= 32;
        }

        // The rest of the last group is zero.
        for (; at < bytes; at += 4)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, at), (uint)word);
            word >>= 32;
        }

        sink.Advance(bytes);
    }
}
