using System.Buffers.Binary;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads sets of row numbers in the portable form of 64-bit Roaring bitmaps, as deletion vectors have them.</summary>
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
    internal static DeletedRows Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new Cursor(bytes);
        var magic = cursor.Int32();
        if (magic == OlderMagic || BinaryPrimitives.ReverseEndianness(magic) == OlderMagic)
            return ReadOlder(ref cursor, reversed: magic != OlderMagic);
        if (magic != Magic)
            throw new FormatException($"it begins with {magic} where {Magic} is known");
        var rows = new DeletedRows();
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

    private static DeletedRows ReadOlder(ref Cursor cursor, bool reversed)
    {
        var rows = new DeletedRows();
        var count = cursor.Int32(reversed);
        for (long key = 0; key < count; key++)
        {
            var bucket = new Cursor(cursor.Take(cursor.Int32(reversed)));
            ReadBucket(ref bucket, key << 16, rows);
        }

        return cursor.AtEnd ? rows : throw new FormatException("bytes are left after the last bitmap");
    }

    private static void ReadBucket(ref Cursor cursor, long firstBlock, DeletedRows rows)
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
                ReadBits(cursor.Take(DeletedRows.BlockRows / 8), block);
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
            if (end >= DeletedRows.BlockRows)
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
