using System.IO.Hashing;

namespace DataEngineX.Quality;

/// <summary>Keys of any length, each with a number: an open table in the run's memory.</summary>
internal sealed class BytesTable : IDisposable
{
    private readonly GrowingBuffer<int> _slots;
    private readonly GrowingBuffer<Entry> _entries;
    private readonly GrowingBuffer<byte> _bytes;

    public BytesTable(SpillSpace space)
    {
        _slots = new GrowingBuffer<int>(space);
        _entries = new GrowingBuffer<Entry>(space);
        _bytes = new GrowingBuffer<byte>(space);
    }

    public int Count => _entries.Count;

    /// <summary>The bytes of all keys.</summary>
    public int Bytes => _bytes.Count;

    public static ulong Hash(ReadOnlySpan<byte> key) => XxHash3.HashToUInt64(key);

    public ReadOnlySpan<byte> Key(int index) => _bytes.Items.Slice(_entries.Items[index].Offset, _entries.Items[index].Length);

    public long Value(int index) => _entries.Items[index].Value;

    public ulong HashOf(int index) => _entries.Items[index].Hash;

    /// <summary>Adds to the number of a key.</summary>
    public void Add(ReadOnlySpan<byte> key, ulong hash, long value)
    {
        if ((Count + 1) * 5L > _slots.Count * 3L)
            Grow();
        var slots = _slots.Items;
        var slot = (int)hash & (slots.Length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            ref var entry = ref _entries.Items[slots[slot] - 1];
            if (entry.Hash == hash && _bytes.Items.Slice(entry.Offset, entry.Length).SequenceEqual(key))
            {
                entry.Value += value;
                return;
            }
        }

        var offset = _bytes.Count;
        key.CopyTo(_bytes.Extend(key.Length));
        _entries.Extend(1)[0] = new Entry { Offset = offset, Length = key.Length, Hash = hash, Value = value };
        slots[slot] = _entries.Count;
    }

    /// <summary>The number of a key; 0 where there is none.</summary>
    public long Find(ReadOnlySpan<byte> key, ulong hash)
    {
        var slots = _slots.Items;
        if (slots.IsEmpty)
            return 0;
        for (var slot = (int)hash & (slots.Length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var entry = _entries.Items[slots[slot] - 1];
            if (entry.Hash == hash && _bytes.Items.Slice(entry.Offset, entry.Length).SequenceEqual(key))
                return entry.Value;
        }

        return 0;
    }

    public void Clear()
    {
        _slots.Items.Clear();
        _entries.Clear();
        _bytes.Clear();
    }

    public void Dispose()
    {
        _slots.Dispose();
        _entries.Dispose();
        _bytes.Dispose();
    }

    private void Grow()
    {
        _slots.Items.Clear();
        _slots.Extend(Math.Max(64, _slots.Count));
        var slots = _slots.Items;
        var entries = _entries.Items;
        for (var i = 0; i < entries.Length; i++)
        {
            var slot = (int)entries[i].Hash & (slots.Length - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = i + 1;
        }
    }

    private struct Entry
    {
        public int Offset;
        public int Length;
        public ulong Hash;
        public long Value;
    }
}
