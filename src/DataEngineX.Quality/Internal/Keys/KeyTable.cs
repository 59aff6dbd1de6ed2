using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Short keys, each with a number above zero: an open table in the run's memory.</summary>
internal sealed class KeyTable(SpillSpace space, int slots = 64) : IDisposable
{
    private int _slots = (int)BitOperations.RoundUpToPowerOf2((uint)slots);
    private IMemoryOwner<byte>? _memory;

    public int Count { get; private set; }

    /// <summary>The slots; those whose number is zero are free.</summary>
    public Span<KeyRecord> Slots => _memory is null ? [] : MemoryMarshal.Cast<byte, KeyRecord>(_memory.Memory.Span)[.._slots];

    /// <summary>Adds to the number of a key.</summary>
    public void Add(Key16 key, long value)
    {
        Reserve(1);
        Add(Slots, key, value);
    }

    /// <summary>Adds one to the number of each key.</summary>
    public void Add(ReadOnlySpan<Key16> keys)
    {
        Reserve(keys.Length);
        var slots = Slots;
        foreach (var key in keys)
            Add(slots, key, 1);
    }

    /// <summary>Adds to the number of each key what stands beside it.</summary>
    public void Add(ReadOnlySpan<KeyRecord> records)
    {
        Reserve(records.Length);
        var slots = Slots;
        foreach (ref readonly var record in records)
            Add(slots, record.Key, record.Value);
    }

    /// <summary>Adds one to the number of each key, whatever stands beside it.</summary>
    public void AddKeys(ReadOnlySpan<KeyRecord> records)
    {
        Reserve(records.Length);
        var slots = Slots;
        foreach (ref readonly var record in records)
            Add(slots, record.Key, 1);
    }

    /// <summary>The number of a key; 0 where there is none.</summary>
    public long Find(Key16 key)
    {
        var slots = Slots;
        if (slots.IsEmpty)
            return 0;
        var slot = (int)key.Hash & (slots.Length - 1);
        while (slots[slot].Value != 0 && slots[slot].Key != key)
            slot = (slot + 1) & (slots.Length - 1);
        return slots[slot].Value;
    }

    public void Clear()
    {
        Slots.Clear();
        Count = 0;
    }

    public void Dispose()
    {
        Free(_memory, _slots);
        _memory = null;
    }

    private void Add(Span<KeyRecord> slots, Key16 key, long value)
    {
        var mask = slots.Length - 1;
        var slot = (int)key.Hash & mask;
        while (true)
        {
            ref var record = ref slots[slot];
            if (record.Value == 0)
            {
                record = new KeyRecord(key, value);
                Count++;
                return;
            }

            if (record.Key == key)
            {
                record.Value += value;
                return;
            }

            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Makes room for more keys, all of them new.</summary>
    private void Reserve(int more)
    {
        var wanted = _slots;
        while (((long)Count + more) * 5 > (long)wanted * 3)
            wanted = checked(wanted * 2);
        if (_memory is not null && wanted == _slots)
            return;
        var (old, oldSlots) = (_memory, _slots);
        var memory = space.Take(checked(wanted * Unsafe.SizeOf<KeyRecord>()));
        memory.Memory.Span.Clear();
        (_memory, _slots, Count) = (memory, wanted, 0);
        if (old is null)
            return;
        foreach (var record in MemoryMarshal.Cast<byte, KeyRecord>(old.Memory.Span)[..oldSlots])
        {
            if (record.Value != 0)
                Add(Slots, record.Key, record.Value);
        }

        Free(old, oldSlots);
    }

    private void Free(IMemoryOwner<byte>? memory, int slots)
    {
        if (memory is not null)
            space.GiveBack(memory, slots * Unsafe.SizeOf<KeyRecord>());
    }
}
