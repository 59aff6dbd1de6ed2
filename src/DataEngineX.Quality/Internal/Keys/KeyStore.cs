using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>
/// Keys and a number each, apart by the hash of the key, so that each part is small enough to be looked at by itself. Parts go to the file of the
/// run when memory is short; a key may stand in a part several times. Short keys whose number is one are kept without it.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    /// <summary>The number of parts: the upper seven bits of a hash.</summary>
    public const int Parts = 128;

    private const int PartShift = 57;
    private const int LongHeader = 16;
    private const int ShortRecord = 24;
    private const int OneRecord = 16;
    private const int Step = 8192;

    private readonly SpillSpace _space;
    private readonly Spool?[] _short = new Spool?[Parts];
    private readonly Spool?[] _ones = new Spool?[Parts];
    private readonly Spool?[] _long = new Spool?[Parts];

    public KeyStore(SpillSpace space) => _space = space;

    /// <summary>Takes a long key with what is kept of its row.</summary>
    public delegate void LongReader(ReadOnlySpan<byte> key, long value, ReadOnlySpan<byte> payload);

    /// <summary>Takes short keys.</summary>
    public delegate void ShortReader(ReadOnlySpan<KeyRecord> records);

    /// <summary>Takes short keys whose number is one.</summary>
    public delegate void OnesReader(ReadOnlySpan<Key16> keys);

    public SpillSpace Space => _space;

    /// <summary>The bytes of all keys.</summary>
    public long Bytes => _short.Sum(s => s?.Bytes ?? 0) + _ones.Sum(s => s?.Bytes ?? 0) + _long.Sum(s => s?.Bytes ?? 0);

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

    /// <summary>Adds short keys, each with the number one.</summary>
    public void AddOnes(ReadOnlySpan<Key16> keys)
    {
        if (keys.IsEmpty)
            return;
        var rented = ArrayPool<Key16>.Shared.Rent(Step);
        for (; !keys.IsEmpty; keys = keys[Math.Min(Step, keys.Length)..])
            AddOnes(keys[..Math.Min(Step, keys.Length)], rented);
        ArrayPool<Key16>.Shared.Return(rented);
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
            _ones[p]?.Spill();
            _long[p]?.Spill();
        }
    }

    public void ReadShort(int part, ShortReader reader) => _short[part]?.Read(bytes => reader(MemoryMarshal.Cast<byte, KeyRecord>(bytes)));

    public void ReadOnes(int part, OnesReader reader) => _ones[part]?.Read(bytes => reader(MemoryMarshal.Cast<byte, Key16>(bytes)));

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
    /// <param name="more">What to add to each number; 0 where one of the two has keys whose number is one.</param>
    public void Merge(KeyStore other, long more)
    {
        for (var p = 0; p < Parts; p++)
        {
            if (more == 0 && ReferenceEquals(_space, other._space))
            {
                Take(_short, other._short, p);
                Take(_ones, other._ones, p);
                Take(_long, other._long, p);
                continue;
            }

            other.ReadShort(p, records => AddMoved(records, more));
            other.ReadOnes(p, AddOnes);
            other.ReadLong(p, (key, value, payload) => Add(key, BytesTable.Hash(key), value + more, payload));
            SpillWhenFull();
        }
    }

    public void Save(BinaryWriter writer)
    {
        for (var p = 0; p < Parts; p++)
        {
            writer.Write(((_short[p]?.Bytes ?? 0) / ShortRecord) + ((_ones[p]?.Bytes ?? 0) / OneRecord));
            ReadShort(p, records => writer.Write(MemoryMarshal.AsBytes(records)));
            ReadOnes(p, keys => WriteRecords(writer, keys));
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
            _ones[p]?.Dispose();
            _long[p]?.Dispose();
        }
    }

    private static void WriteRecords(BinaryWriter writer, ReadOnlySpan<Key16> keys)
    {
        Span<KeyRecord> records = stackalloc KeyRecord[64];
        for (; !keys.IsEmpty; keys = keys[Math.Min(records.Length, keys.Length)..])
        {
            var part = records[..Math.Min(records.Length, keys.Length)];
            for (var i = 0; i < part.Length; i++)
                part[i] = new KeyRecord(keys[i], 1);
            writer.Write(MemoryMarshal.AsBytes(part));
        }
    }

    /// <summary>Adds at most <see cref="Step"/> keys: sorted by part first, so that each part is written once.</summary>
    private void AddOnes(ReadOnlySpan<Key16> keys, Span<Key16> sorted)
    {
        Span<byte> parts = stackalloc byte[Step];
        Span<int> ends = stackalloc int[Parts + 1];
        ends.Clear();
        parts = parts[..keys.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = (byte)(keys[i].Hash >> PartShift);
            parts[i] = part;
            ends[part + 1]++;
        }

        for (var p = 1; p <= Parts; p++)
            ends[p] += ends[p - 1];
        for (var i = 0; i < parts.Length; i++)
            sorted[ends[parts[i]]++] = keys[i];
        var start = 0;
        for (var p = 0; p < Parts; p++)
        {
            if (ends[p] > start)
                Of(_ones, p).Write(MemoryMarshal.AsBytes(sorted[start..ends[p]]), OneRecord);
            start = ends[p];
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
