using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>
/// Open addressing with linear probing. A slot is the upper half of a hash and a key's number plus one; the keys themselves lie elsewhere, and
/// are looked at only where the half of the hash agrees.
/// </summary>
internal sealed class KeySlots(MemoryAllocator allocator) : IDisposable
{
    private const int InitialSlots = 1 << 10;

    /// <summary>From here on (256 KiB) slots are fetched ahead, because they no longer lie in the nearest caches.</summary>
    private const int PrefetchFrom = 1 << 15;

    private const int PrefetchAhead = 12;

    private OutputBuffer<ulong> _slots = new(allocator, InitialSlots, clear: true);

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Keys that fit before the table grows: it is at most half full.</summary>
    private int Limit => _slots.Length / 2;

    public static uint Salt(ulong hash) => (uint)(hash >> 32);

    /// <summary>
    /// Gives each row the number of the first key whose slot agrees, or a new one; rows with a new number are listed. Returns how many those are.
    /// </summary>
    public int Insert(ReadOnlySpan<ulong> hashes, Span<int> ids, Span<int> added)
    {
        Reserve(hashes.Length);
        // No bounds checks: the mask keeps a position inside the table, whose length is a power of two.
        ref var slots = ref MemoryMarshal.GetReference(_slots.Span);
        var mask = _slots.Length - 1;
        var isLarge = Sse.IsSupported && _slots.Length >= PrefetchFrom;
        var addedCount = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (isLarge && i + PrefetchAhead < hashes.Length)
                Prefetch(ref Unsafe.Add(ref slots, (int)hashes[i + PrefetchAhead] & mask));
            var hash = hashes[i];
            var at = (int)hash & mask;
            while (true)
            {
                ref var slot = ref Unsafe.Add(ref slots, at);
                var found = slot;
                if (found == 0)
                {
                    slot = (hash & 0xFFFFFFFF00000000) | (uint)++Count;
                    ids[i] = Count - 1;
                    added[addedCount++] = i;
                    break;
                }

                if ((uint)(found >> 32) == (uint)(hash >> 32))
                {
                    ids[i] = (int)(uint)found - 1;
                    break;
                }

                at = (at + 1) & mask;
            }
        }

        return addedCount;
    }

    /// <summary>As <see cref="Insert"/>, but a hash that is not there gives -1.</summary>
    public void Find(ReadOnlySpan<ulong> hashes, Span<int> ids)
    {
        ref var slots = ref MemoryMarshal.GetReference(_slots.Span);
        var mask = _slots.Length - 1;
        for (var i = 0; i < hashes.Length; i++)
        {
            var hash = hashes[i];
            var at = (int)hash & mask;
            var found = Unsafe.Add(ref slots, at);
            while (found != 0 && (uint)(found >> 32) != (uint)(hash >> 32))
            {
                at = (at + 1) & mask;
                found = Unsafe.Add(ref slots, at);
            }

            ids[i] = (int)(uint)found - 1;
        }
    }

    /// <summary>The number behind the next slot that agrees with a hash, or -1; the position moves behind it.</summary>
    public int Next(ulong hash, ref int position)
    {
        ReadOnlySpan<ulong> slots = _slots.Span;
        var mask = slots.Length - 1;
        while (true)
        {
            var found = slots[((int)hash + position) & mask];
            if (found == 0)
                return -1;
            position++;
            if ((uint)(found >> 32) == Salt(hash))
                return (int)(uint)found - 1;
        }
    }

    /// <summary>Adds a key whose hash may be there already; returns its number.</summary>
    public int Add(ulong hash)
    {
        Reserve(1);
        Place(_slots.Span, (hash & 0xFFFFFFFF00000000) | (uint)++Count, hash);
        return Count - 1;
    }

    /// <summary>Adds keys known to be new; their numbers follow those there.</summary>
    public void AddAll(ReadOnlySpan<ulong> hashes)
    {
        Reserve(hashes.Length);
        var slots = _slots.Span;
        foreach (var hash in hashes)
            Place(slots, (hash & 0xFFFFFFFF00000000) | (uint)++Count, hash);
    }

    /// <summary>Makes room; the table does not hold the lower halves of hashes, so a larger one is filled from the keys.</summary>
    public bool NeedsRoom(int more) => (long)Count + more > Limit;

    /// <summary>Empties the table and gives it room for so many keys.</summary>
    public void Restart(int room)
    {
        long size = InitialSlots;
        while (size / 2 < room)
            size *= 2;
        if (size > int.MaxValue / sizeof(ulong))
            throw new OverflowException($"More than {Limit} distinct keys do not fit one table.");
        Count = 0;
        if (size <= _slots.Length)
        {
            _slots.Span.Clear();
            return;
        }

        var bigger = new OutputBuffer<ulong>(allocator, (int)size, clear: true);
        _slots.Dispose();
        _slots = bigger;
    }

    public void Dispose() => _slots.Dispose();

    private static void Place(Span<ulong> slots, ulong slot, ulong hash)
    {
        var mask = slots.Length - 1;
        var at = (int)hash & mask;
        while (slots[at] != 0)
            at = (at + 1) & mask;
        slots[at] = slot;
    }

    private void Reserve(int more)
    {
        if (NeedsRoom(more))
            throw new InvalidOperationException("The table must be given room before keys are added.");
    }

    private static unsafe void Prefetch(ref ulong slot) => Sse.Prefetch0(Unsafe.AsPointer(ref slot));
}
