using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>
/// Keys and a number each, apart by the hash of the key, so that each part is small enough to be looked at by itself. Parts go to the file of the
/// run when memory is short; a key may stand in a part several times.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    /// <summary>The number of parts: the upper seven bits of a hash.</summary>
    public const int Parts = 128;

    private const int PartShift = 57;
    private const int LongHeader = 16;
    private const int ShortRecord = 24;

    private readonly SpillSpace _space;
    private readonly Spool?[] _short = new Spool?[Parts];
    private readonly Spool?[] _long = new Spool?[Parts];

    public KeyStore(SpillSpace space) => _space = space;

    /// <summary>Takes a long key with what is kept of its row.</summary>
    public delegate void LongReader(ReadOnlySpan<byte> key, long value, ReadOnlySpan<byte> payload);

    /// <summary>Takes short keys.</summary>
    public delegate void ShortReader(ReadOnlySpan<KeyRecord> records);

    public SpillSpace Space => _space;

    /// <summary>The short keys of a part at most, for room.</summary>
    public long ShortCount(int part) => (_short[part]?.Bytes ?? 0) / ShortRecord;

    /// <summary>Adds short keys: sorted by part first, so that each part is written once.</summary>
    public void Add(ReadOnlySpan<KeyRecord> records)
    {
        if (records.IsEmpty)
            return;
        Span<int> ends = stackalloc int[Parts + 1];
        ends.Clear();
        foreach (ref readonly var record in records)
            ends[(int)(record.Key.Hash >> PartShift) + 1]++;
        for (var p = 1; p <= Parts; p++)
            ends[p] += ends[p - 1];
        var rented = ArrayPool<KeyRecord>.Shared.Rent(records.Length);
        foreach (ref readonly var record in records)
            rented[ends[(int)(record.Key.Hash >> PartShift)]++] = record;
        var start = 0;
        for (var p = 0; p < Parts; p++)
        {
            // Each end has moved to that of its part.
            if (ends[p] > start)
                Of(_short, p).Write(MemoryMarshal.AsBytes(rented.AsSpan(start, ends[p] - start)), ShortRecord);
            start = ends[p];
        }

        ArrayPool<KeyRecord>.Shared.Return(rented);
        SpillWhenFull();
    }

    /// <summary>Adds a long key.</summary>
    public void Add(ReadOnlySpan<byte> key, ulong hash, long value, ReadOnlySpan<byte> payload)
    {
        var spool = Of(_long, (int)(hash >> PartShift));
        var length = LongHeader + key.Length + payload.Length;
        var room = spool.Room(length);
        BinaryPrimitives.WriteInt32LittleEndian(room, key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room[4..], payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(room[8..], value);
        key.CopyTo(room[LongHeader..]);
        payload.CopyTo(room[(LongHeader + key.Length)..]);
        spool.Commit(length);
    }

    /// <summary>Puts everything aside when the run's memory is short.</summary>
    public void SpillWhenFull()
    {
        if (!_space.IsFull)
            return;
        for (var p = 0; p < Parts; p++)
        {
            _short[p]?.Spill();
            _long[p]?.Spill();
        }
    }

    public void ReadShort(int part, ShortReader reader) => _short[part]?.Read(bytes => reader(MemoryMarshal.Cast<byte, KeyRecord>(bytes)));

    public void ReadLong(int part, LongReader reader) => _long[part]?.Read(bytes =>
    {
        while (!bytes.IsEmpty)
        {
            var (key, payload) = (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]));
            reader(bytes.Slice(LongHeader, key), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), bytes.Slice(LongHeader + key, payload));
            bytes = bytes[(LongHeader + key + payload)..];
        }
    });

    /// <summary>Takes in another store.</summary>
    /// <param name="other">The other; empty afterwards.</param>
    /// <param name="more">What to add to each number.</param>
    public void Merge(KeyStore other, long more)
    {
        for (var p = 0; p < Parts; p++)
        {
            if (more == 0 && ReferenceEquals(_space, other._space))
            {
                Take(_short, other._short, p);
                Take(_long, other._long, p);
                continue;
            }

            other.ReadShort(p, records => AddMoved(records, more));
            other.ReadLong(p, (key, value, payload) => Add(key, BytesTable.Hash(key), value + more, payload));
            SpillWhenFull();
        }
    }

    public void Save(BinaryWriter writer)
    {
        for (var p = 0; p < Parts; p++)
        {
            writer.Write(ShortCount(p));
            ReadShort(p, records => writer.Write(MemoryMarshal.AsBytes(records)));
            writer.Write(_long[p]?.Bytes ?? 0);
            _long[p]?.Read(bytes => writer.Write(bytes));
        }
    }

    public void Load(BinaryReader reader)
    {
        var block = new KeyRecord[1024];
        for (var p = 0; p < Parts; p++)
        {
            for (var left = StateFormat.Count(reader); left > 0;)
            {
                var part = block.AsSpan(0, (int)Math.Min(block.Length, left));
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(part));
                Add(part);
                left -= part.Length;
            }

            for (var left = StateFormat.Count(reader); left > 0;)
                left -= LoadLong(reader);
            SpillWhenFull();
        }
    }

    public void Dispose()
    {
        for (var p = 0; p < Parts; p++)
        {
            _short[p]?.Dispose();
            _long[p]?.Dispose();
        }
    }

    private int LoadLong(BinaryReader reader)
    {
        var (keyLength, payloadLength) = (reader.ReadInt32(), reader.ReadInt32());
        if (keyLength < 0 || payloadLength < 0)
            throw new FormatException($"The state holds a key of {keyLength} bytes with {payloadLength} more.");
        var value = reader.ReadInt64();
        var (key, payload) = (StateFormat.Block(reader, keyLength), StateFormat.Block(reader, payloadLength));
        Add(key, BytesTable.Hash(key), value, payload);
        return LongHeader + keyLength + payloadLength;
    }

    private void AddMoved(ReadOnlySpan<KeyRecord> records, long more)
    {
        var rented = ArrayPool<KeyRecord>.Shared.Rent(records.Length);
        for (var i = 0; i < records.Length; i++)
            rented[i] = new KeyRecord(records[i].Key, records[i].Value + more);
        Add(rented.AsSpan(0, records.Length));
        ArrayPool<KeyRecord>.Shared.Return(rented);
    }

    private void Take(Spool?[] own, Spool?[] others, int part)
    {
        if (others[part] is { } other)
            Of(own, part).Take(other);
    }

    private Spool Of(Spool?[] spools, int part) => spools[part] ??= new Spool(_space);
}
