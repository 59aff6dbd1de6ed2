using System.Runtime.CompilerServices;

namespace DataEngineX.Quality;

/// <summary>How often each value of 64 bits is there: exact up to <see cref="Most"/> values, then the frequent ones.</summary>
/// <remarks>
/// Values are known by their one-to-one hash. When the table is full, <c>AddFrequent</c> lowers all counts as Misra and Gries do,
/// so that no count is too high, and none too low by more than <see cref="Error"/>, which is at most n / <see cref="Counters"/>.
/// </remarks>
internal sealed class FixedCounts
{
    public const int Counters = 1024;
    public const int Most = 2 * Counters;
    private const int MostSlots = 4 * Most;
    private ulong[] _hashes = new ulong[64];
    private long[] _counts = new long[64];
    private ulong[] _spareHashes = [];
    private long[] _spareCounts = [];

    /// <summary>Values in the table.</summary>
    public int Count { get; private set; }

    /// <summary>How much too low a count may be; a value that is not in the table is there at most so often.</summary>
    public long Error { get; private set; }

    /// <summary>Adds values until one does not fit any more.</summary>
    /// <returns>How many were added.</returns>
    public int TryAdd(ReadOnlySpan<ulong> hashes)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!TryAdd(hashes[i], 1))
                return i;
        }

        return hashes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(ulong hash, long count)
    {
        var slot = Find(hash);
        if (_counts[slot] == 0 && !TryTake(hash, ref slot))
            return false;
        _counts[slot] += count;
        return true;
    }

    /// <summary>Adds values; rare ones may be let go.</summary>
    public void AddFrequent(ReadOnlySpan<ulong> hashes)
    {
        foreach (var hash in hashes)
            AddFrequent(hash, 1);
    }

    public void AddFrequent(ulong hash, long count)
    {
        while (!TryAdd(hash, count))
            Lower();
    }

    public void AddError(long error) => Error += error;

    /// <summary>Copies hashes and counts out, in the order of the hashes: the same values give the same list.</summary>
    public (ulong Hash, long Count)[] ToArray()
    {
        var items = new (ulong, long)[Count];
        var next = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] != 0)
                items[next++] = (_hashes[i], _counts[i]);
        }

        Array.Sort(items, static (a, b) => a.Item1.CompareTo(b.Item1));
        return items;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Error);
        writer.Write7BitEncodedInt(Count);
        foreach (var (hash, count) in ToArray())
        {
            writer.Write(hash);
            writer.Write7BitEncodedInt64(count);
        }
    }

    public static FixedCounts Load(BinaryReader reader)
    {
        var counts = new FixedCounts { Error = StateFormat.Count(reader) };
        var length = StateFormat.Length(reader, Most);
        for (var i = 0; i < length; i++)
        {
            var hash = reader.ReadUInt64();
            var count = reader.Read7BitEncodedInt64();
            if (count <= 0 || !counts.TryAdd(hash, count))
                throw new FormatException($"The state holds a value {count} times.");
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong hash)
    {
        var hashes = _hashes;
        var mask = hashes.Length - 1;
        var slot = (int)hash & mask;
        while (_counts[slot] != 0 && hashes[slot] != hash)
            slot = (slot + 1) & mask;
        return slot;
    }

    private bool TryTake(ulong hash, ref int slot)
    {
        if (Count == Most)
            return false;
        if (Count * 2 >= _hashes.Length && _hashes.Length < MostSlots)
        {
            Rebuild(_hashes.Length * 4, 0);
            slot = Find(hash);
        }

        _hashes[slot] = hash;
        Count++;
        return true;
    }

    /// <summary>Lowers all counts by as much as makes half of the table empty: often that is the least count, one.</summary>
    private void Lower()
    {
        var least = long.MaxValue;
        foreach (var count in _counts)
        {
            if (count != 0)
                least = Math.Min(least, count);
        }

        var by = least;
        if (System.MemoryExtensions.Count(_counts.AsSpan(), least) < Count - Counters)
            by = Rank();
        Rebuild(_hashes.Length, by);
        Error += by;
    }

    /// <summary>The greatest count that, taken from all, leaves at most <see cref="Counters"/> values.</summary>
    private long Rank()
    {
        var counts = new long[Count];
        var next = 0;
        foreach (var count in _counts)
        {
            if (count != 0)
                counts[next++] = count;
        }

        Array.Sort(counts);
        return counts[^(Counters + 1)];
    }

    private void Rebuild(int slots, long lowerBy)
    {
        var (hashes, counts) = (_hashes, _counts);
        (_hashes, _counts) = _spareCounts.Length == slots ? (_spareHashes, _spareCounts) : (new ulong[slots], new long[slots]);
        _counts.AsSpan().Clear();
        (_spareHashes, _spareCounts) = (hashes, counts);
        Count = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] <= lowerBy)
                continue;
            var slot = Find(hashes[i]);
            _hashes[slot] = hashes[i];
            _counts[slot] = counts[i] - lowerBy;
            Count++;
        }
    }
}
