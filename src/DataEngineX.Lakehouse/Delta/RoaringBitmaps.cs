using System.Buffers.Binary;
using System.Numerics;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads and writes sets of row numbers in the portable form of 64-bit Roaring bitmaps, as deletion vectors have them.</summary>
internal static class RoaringBitmaps
{
    private const int Magic = 1_681_511_377;

    /// <summary>What an older form begins with: bitmaps in order of their keys, each after its length, in either order of bytes.</summary>
    private const int OlderMagic = 1_681_511_376;

    private const int NoRunsCookie = 12_346;
    private const int RunsCookie = 12_347;
    private const int OffsetsFrom = 4;
    private const int ArrayLimit = 4_096;

    /// <exception cref="FormatException">The bytes are not in this form.</exception>
    internal static RowSet Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new Cursor(bytes);
        var magic = cursor.Int32();
        if (magic == OlderMagic || BinaryPrimitives.ReverseEndianness(magic) == OlderMagic)
            return ReadOlder(ref cursor, reversed: magic != OlderMagic);
        if (magic != Magic)
            throw new FormatException($"it begins with {magic} where {Magic} is known");
        var rows = new RowSet();
        var buckets = cursor.Int64();
        for (long b = 0; b < buckets; b++)
        {
            var key = cursor.Int32();
            if (key < 0)
                throw new FormatException("a bucket has a negative key");
            ReadBucket(ref cursor, (long)key << 16, rows);
        }

        return cursor.AtEnd ? rows : throw new FormatException("bytes are left after the last bucket");
    }

    /// <summary>The bytes of a set: its bitmaps without runs, each block as a list of rows or as bits, whichever is shorter.</summary>
    internal static byte[] Write(RowSet rows)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        var buckets = rows.Blocks.GroupBy(b => b.Number >> 16).ToList();
        writer.Write((long)buckets.Count);
        foreach (var bucket in buckets)
        {
            writer.Write(checked((int)bucket.Key));
            WriteBucket(writer, [.. bucket]);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void WriteBucket(BinaryWriter writer, IReadOnlyList<(long Number, ulong[] Words)> blocks)
    {
        writer.Write(NoRunsCookie);
        writer.Write(blocks.Count);
        var counts = blocks.Select(b => b.Words.Sum(BitOperations.PopCount)).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            writer.Write((ushort)blocks[i].Number);
            writer.Write((ushort)(counts[i] - 1));
        }

        var offset = 8 + (blocks.Count * 8);
        foreach (var count in counts)
        {
            writer.Write(offset);
            offset += count <= ArrayLimit ? count * 2 : RowSet.BlockRows / 8;
        }

        for (var i = 0; i < blocks.Count; i++)
            WriteBlock(writer, blocks[i].Words, asBits: counts[i] > ArrayLimit);
    }

    private static void WriteBlock(BinaryWriter writer, ulong[] words, bool asBits)
    {
        for (var w = 0; w < words.Length; w++)
        {
            if (asBits)
            {
                writer.Write(words[w]);
                continue;
            }

            for (var bits = words[w]; bits != 0; bits &= bits - 1)
                writer.Write((ushort)((w * 64) + BitOperations.TrailingZeroCount(bits)));
        }
    }

    private static RowSet ReadOlder(ref Cursor cursor, bool reversed)
    {
        var rows = new RowSet();
        var count = cursor.Int32(reversed);
        for (long key = 0; key < count; key++)
        {
            var bucket = new Cursor(cursor.Take(cursor.Int32(reversed)));
            ReadBucket(ref bucket, key << 16, rows);
        }

        return cursor.AtEnd ? rows : throw new FormatException("bytes are left after the last bitmap");
    }

    private static void ReadBucket(ref Cursor cursor, long firstBlock, RowSet rows)
    {
        var cookie = cursor.Int32();
        var hasRuns = (cookie & 0xFFFF) == RunsCookie;
        if (!hasRuns && cookie != NoRunsCookie)
            throw new FormatException($"a bitmap begins with {cookie}");
        var count = hasRuns ? (cookie >>> 16) + 1 : cursor.Int32();
        if (count is < 0 or > 1 << 16)
            throw new FormatException($"a bitmap of {count} containers");
        var runs = hasRuns ? cursor.Take((count + 7) / 8) : default;
        var header = cursor.Take(count * 4);
        if (!hasRuns || count >= OffsetsFrom)
            cursor.Take(count * 4);
        for (var c = 0; c < count; c++)
        {
            var block = rows.Block(firstBlock + BinaryPrimitives.ReadUInt16LittleEndian(header[(c * 4)..]));
            var cardinality = BinaryPrimitives.ReadUInt16LittleEndian(header[((c * 4) + 2)..]) + 1;
            if (hasRuns && (runs[c / 8] >> (c % 8) & 1) != 0)
                ReadRuns(ref cursor, block);
            else if (cardinality <= ArrayLimit)
                ReadArray(cursor.Take(cardinality * 2), block);
            else
                ReadBits(cursor.Take(RowSet.BlockRows / 8), block);
        }
    }

    private static void ReadRuns(ref Cursor cursor, ulong[] block)
    {
        var runs = cursor.Take(2);
        var pairs = cursor.Take(BinaryPrimitives.ReadUInt16LittleEndian(runs) * 4);
        for (; !pairs.IsEmpty; pairs = pairs[4..])
        {
            var start = BinaryPrimitives.ReadUInt16LittleEndian(pairs);
            var end = start + BinaryPrimitives.ReadUInt16LittleEndian(pairs[2..]);
            if (end >= RowSet.BlockRows)
                throw new FormatException("a run reaches beyond its container");
            for (int row = start; row <= end; row++)
                block[row >> 6] |= 1UL << (row & 63);
        }
    }

    private static void ReadArray(ReadOnlySpan<byte> values, ulong[] block)
    {
        for (; !values.IsEmpty; values = values[2..])
        {
            var row = BinaryPrimitives.ReadUInt16LittleEndian(values);
            block[row >> 6] |= 1UL << (row & 63);
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> bits, ulong[] block)
    {
        for (var w = 0; w < block.Length; w++)
            block[w] |= BinaryPrimitives.ReadUInt64LittleEndian(bits[(w * 8)..]);
    }

    private ref struct Cursor(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal readonly bool AtEnd => _rest.IsEmpty;

        internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

        internal int Int32(bool reversed) => reversed ? BinaryPrimitives.ReverseEndianness(Int32()) : Int32();

        internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        internal ReadOnlySpan<byte> Take(int bytes)
        {
            if (bytes < 0 || bytes > _rest.Length)
                throw new FormatException("it ends too early");
            var taken = _rest[..bytes];
            _rest = _rest[bytes..];
            return taken;
        }
    }
}
