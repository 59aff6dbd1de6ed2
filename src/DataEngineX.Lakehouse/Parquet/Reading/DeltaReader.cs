using System.Numerics;
using System.Runtime.CompilerServices;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Reads numbers stored as differences, packed in small blocks.</summary>
internal ref struct DeltaReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The bytes read, once all numbers are.</summary>
    internal int Position { get; private set; }

    /// <summary>Reads all numbers.</summary>
    /// <param name="into">Room for as many as there may be.</param>
    /// <returns>How many there are.</returns>
    internal int Read<T>(Span<T> into)
        where T : unmanaged, IBinaryInteger<T>
    {
        var blockSize = Unsigned();
        var miniBlocks = Unsigned();
        var total = Unsigned();
        var value = Signed();
        if (total == 0)
            return 0;
        if (total > (ulong)into.Length)
            Corrupt.Throw($"a page holds {total} numbers where its header says at most {into.Length}");
        if (miniBlocks is 0 or > 512 || blockSize == 0 || blockSize > 1 << 20 || blockSize % miniBlocks != 0 || blockSize / miniBlocks % 8 != 0)
            Corrupt.Throw("differences in blocks of a wrong size");
        var count = (int)total;
        var perMini = (int)(blockSize / miniBlocks);
        into[0] = T.CreateTruncating(value);
        for (var at = 1; at < count;)
        {
            var least = Signed();
            var widths = Take((int)miniBlocks);
            for (var m = 0; m < widths.Length && at < count; m++)
            {
                var take = Math.Min(perMini, count - at);
                value = ReadMiniBlock(into.Slice(at, take), widths[m], perMini, value, least);
                at += take;
            }
        }

        return count;
    }

    private long ReadMiniBlock<T>(Span<T> into, int bits, int perMini, long value, long least)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (bits > 64)
            Corrupt.Throw($"differences of {bits} bits");

        // The last block of some writers is cut off behind its last number.
        var bytes = (int)Math.Min((long)perMini / 8 * bits, _data.Length - Position);
        if (bytes < (((long)into.Length * bits) + 7) / 8)
            Corrupt.Throw("a block of differences is cut off");
        var source = Take(bytes);
        long bit = 0;
        for (var i = 0; i < into.Length; i++)
        {
            value += least + (long)Bits(source, bit, bits);
            into[i] = T.CreateTruncating(value);
            bit += bits;
        }

        return value;
    }

    private static ulong Bits(ReadOnlySpan<byte> source, long bit, int bits)
    {
        if (bits == 0)
            return 0;
        var at = (int)(bit >> 3);
        var shift = (int)(bit & 7);
        ulong word;
        if (at + 8 <= source.Length)
        {
            word = Unsafe.ReadUnaligned<ulong>(in source[at]);
        }
        else
        {
            word = 0;
            for (var b = at; b < source.Length; b++)
                word |= (ulong)source[b] << (8 * (b - at));
        }

        word >>= shift;
        if (bits + shift > 64)
            word |= (ulong)source[at + 8] << (64 - shift);
        return bits == 64 ? word : word & ((1UL << bits) - 1);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - Position)
            Corrupt.Throw("a page of differences is cut off");
        var taken = _data.Slice(Position, count);
        Position += count;
        return taken;
    }

    private long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        return Corrupt.Throw<ulong>("a number of a page has no end");
    }
}
