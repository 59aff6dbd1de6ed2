using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Open addressing with linear probing over (hash, id) pairs; the keys themselves lie elsewhere.</summary>
internal sealed class SlotTable : IDisposable
{
    private const int InitialSlots = 1024;

    private readonly MemoryAllocator _allocator;
    private OutputBuffer<Slot> _slots;

    public SlotTable(MemoryAllocator allocator)
    {
        _allocator = allocator;
        _slots = new OutputBuffer<Slot>(allocator, InitialSlots, clear: true);
    }

    /// <summary>Number of ids handed out.</summary>
    public int Count { get; private set; }

    private int Limit => (int)(_slots.Length * 0.7);

    /// <summary>
    /// Gives each row the id of the first slot of its hash, or a new one. Rows with a new id are listed in
    /// <paramref name="added"/>, the others, whose keys may still differ, in <paramref name="matched"/>.
    /// </summary>
    public (int Added, int Matched) Insert(ReadOnlySpan<ulong> hashes, Span<int> ids, Span<int> added, Span<int> matched)
    {
        int addedCount = 0;
        int matchedCount = 0;
        Span<Slot> slots = _slots.Span;
        int mask = slots.Length - 1;
        int limit = Limit;
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = hashes[i];
            int at = (int)hash & mask;
            while (true)
            {
                // The mask keeps the position inside the table, whose length is a power of two.
                ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetReference(slots), at);
                if (slot.Number == 0)
                {
                    slot = new Slot { Hash = hash, Number = ++Count };
                    ids[i] = Count - 1;
                    added[addedCount++] = i;
                    if (Count >= limit)
                    {
                        Grow();
                        slots = _slots.Span;
                        mask = slots.Length - 1;
                        limit = Limit;
                    }

                    break;
                }

                if (slot.Hash == hash)
                {
                    ids[i] = slot.Number - 1;
                    matched[matchedCount++] = i;
                    break;
                }

                at = (at + 1) & mask;
            }
        }

        return (addedCount, matchedCount);
    }

    /// <summary>As <see cref="Insert"/>, but a hash that is not there gives -1.</summary>
    public int Find(ReadOnlySpan<ulong> hashes, Span<int> ids, Span<int> matched)
    {
        int matchedCount = 0;
        ReadOnlySpan<Slot> slots = _slots.Span;
        int mask = slots.Length - 1;
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = hashes[i];
            int at = (int)hash & mask;
            while (true)
            {
                ref readonly Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetReference(slots), at);
                if (slot.Number == 0)
                {
                    ids[i] = -1;
                    break;
                }

                if (slot.Hash == hash)
                {
                    ids[i] = slot.Number - 1;
                    matched[matchedCount++] = i;
                    break;
                }

                at = (at + 1) & mask;
            }
        }

        return matchedCount;
    }

    /// <summary>The id of the next slot of a hash at or after a position, or -1; the position moves behind it.</summary>
    public int Next(ulong hash, ref long position)
    {
        ReadOnlySpan<Slot> slots = _slots.Span;
        int mask = slots.Length - 1;
        while (true)
        {
            Slot slot = slots[(int)((long)hash + position) & mask];
            if (slot.Number == 0)
            {
                return -1;
            }

            position++;
            if (slot.Hash == hash)
            {
                return slot.Number - 1;
            }
        }
    }

    /// <summary>Adds one more id for a hash that may be there already.</summary>
    public int Add(ulong hash)
    {
        if (Count >= Limit)
        {
            Grow();
        }

        Place(_slots.Span, new Slot { Hash = hash, Number = ++Count });
        return Count - 1;
    }

    public void Dispose() => _slots.Dispose();

    private static void Place(Span<Slot> slots, Slot slot)
    {
        int mask = slots.Length - 1;
        int at = (int)slot.Hash & mask;
        while (slots[at].Number != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = slot;
    }

    private void Grow()
    {
        // Quadrupling while small saves rehashing where it is most frequent.
        var bigger = new OutputBuffer<Slot>(_allocator, checked(_slots.Length * (_slots.Length < 1 << 20 ? 4 : 2)), clear: true);
        Span<Slot> target = bigger.Span;
        foreach (ref readonly Slot slot in _slots.Span)
        {
            if (slot.Number != 0)
            {
                Place(target, slot);
            }
        }

        _slots.Dispose();
        _slots = bigger;
    }

    /// <summary>A hash and the id behind it plus one; zero is an empty slot.</summary>
    private struct Slot
    {
        public ulong Hash;
        public int Number;
    }
}
