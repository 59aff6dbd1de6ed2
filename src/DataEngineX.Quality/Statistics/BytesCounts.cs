using System.Runtime.CompilerServices;

namespace DataEngineX.Quality;

/// <summary>How often each text is there: exact while there are few, then the frequent ones; see <see cref="FixedCounts"/>.</summary>
/// <remarks>Of a text longer than <see cref="KeptBytes"/> its beginning is kept; it is told apart by length and a hash of 64 bits.</remarks>
/// <param name="counters">How many values are kept when there are too many; there is room for twice as many.</param>
internal sealed class BytesCounts(int counters)
{
    public const int KeptBytes = 256;
    private Entry[] _entries = new Entry[Math.Min(16, 2 * counters)];
    private int[] _slots = new int[64];
    private byte[] _bytes = new byte[256];
    private int _used;

    public int Count { get; private set; }

    /// <summary>How much too low a count may be.</summary>
    public long Error { get; private set; }

    public ref readonly Entry this[int index] => ref _entries[index];

    /// <summary>The text of an entry, or its beginning.</summary>
    public ReadOnlySpan<byte> Text(int index) => _bytes.AsSpan(_entries[index].Start, Math.Min(_entries[index].Length, KeptBytes));

    /// <returns>False when the value is new and the table is full.</returns>
    public bool TryAdd(ReadOnlySpan<byte> value, ulong hash, long count) => TryAdd(value, value.Length, hash, count);

    /// <summary>Adds a value; rare ones may be let go.</summary>
    public void AddFrequent(ReadOnlySpan<byte> value, int length, ulong hash, long count)
    {
        while (!TryAdd(value, length, hash, count))
            Lower();
    }

    public void AddError(long error) => Error += error;

    /// <param name="value">The value, of which the beginning is enough.</param>
    /// <param name="length">Its whole length.</param>
    /// <param name="hash">The hash of the whole value.</param>
    /// <param name="count">How often.</param>
    public bool TryAdd(ReadOnlySpan<byte> value, int length, ulong hash, long count)
    {
        var kept = value[..Math.Min(value.Length, KeptBytes)];
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref var entry = ref _entries[_slots[slot] - 1];
            if (entry.Hash != hash || entry.Length != length || !_bytes.AsSpan(entry.Start, kept.Length).SequenceEqual(kept))
                continue;
            entry.Count += count;
            return true;
        }

        if (Count == 2 * counters)
            return false;
        Take(slot, kept, length, hash, count);
        return true;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Error);
        writer.Write7BitEncodedInt(Count);
        for (var i = 0; i < Count; i++)
        {
            writer.Write(_entries[i].Hash);
            writer.Write7BitEncodedInt64(_entries[i].Count);
            writer.Write7BitEncodedInt(_entries[i].Length);
            writer.Write(Text(i));
        }
    }

    public static BytesCounts Load(BinaryReader reader, int counters)
    {
        var counts = new BytesCounts(counters) { Error = StateFormat.Count(reader) };
        var values = StateFormat.Length(reader, 2 * counters);
        for (var i = 0; i < values; i++)
        {
            var hash = reader.ReadUInt64();
            var count = reader.Read7BitEncodedInt64();
            var length = StateFormat.Length(reader, int.MaxValue);
            if (count <= 0 || !counts.TryAdd(StateFormat.Block(reader, Math.Min(length, KeptBytes)), length, hash, count))
                throw new FormatException($"The state holds a text {count} times.");
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Take(int slot, ReadOnlySpan<byte> kept, int length, ulong hash, long count)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Math.Min(_entries.Length * 2, 2 * counters));
        if (_used + kept.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + kept.Length));
        kept.CopyTo(_bytes.AsSpan(_used));
        _entries[Count++] = new Entry { Hash = hash, Start = _used, Length = length, Count = count };
        _used += kept.Length;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Reslot(_slots.Length * 4);
    }

    private void Lower()
    {
        var by = By();
        var count = Count;
        _used = 0;
        Count = 0;
        // Texts lie in the order of their entries, so both move to the front in place.
        for (var i = 0; i < count; i++)
        {
            var entry = _entries[i];
            if (entry.Count <= by)
                continue;
            var kept = _bytes.AsSpan(entry.Start, Math.Min(entry.Length, KeptBytes));
            kept.CopyTo(_bytes.AsSpan(_used));
            _entries[Count++] = entry with { Start = _used, Count = entry.Count - by };
            _used += kept.Length;
        }

        Error += by;
        Reslot(_slots.Length);
    }

    /// <summary>The least count where that empties half of the table, else the count that does.</summary>
    private long By()
    {
        var least = long.MaxValue;
        var withLeast = 0;
        for (var i = 0; i < Count; i++)
        {
            var of = _entries[i].Count;
            withLeast = of < least ? 1 : withLeast + (of == least ? 1 : 0);
            least = Math.Min(least, of);
        }

        if (withLeast >= Count - counters)
            return least;
        var counts = new long[Count];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = _entries[i].Count;
        Array.Sort(counts);
        return counts[^(counters + 1)];
    }

    private void Reslot(int slots)
    {
        if (_slots.Length == slots)
            _slots.AsSpan().Clear();
        else
            _slots = new int[slots];
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)_entries[i].Hash & (slots - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (slots - 1);
            _slots[slot] = i + 1;
        }
    }

    public record struct Entry
    {
        public ulong Hash { get; init; }

        public int Start { get; init; }

        public int Length { get; init; }

        public long Count { get; set; }
    }
}
