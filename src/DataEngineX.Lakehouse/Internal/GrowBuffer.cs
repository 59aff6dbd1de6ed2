using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Items that are appended one by one and taken back from the end; the memory is rented and kept from batch to batch.</summary>
internal sealed class GrowBuffer<T> : IDisposable
    where T : unmanaged
{
    private T[] _items = ArrayPool<T>.Shared.Rent(256);

    internal int Count { get; private set; }

    internal ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    internal ReadOnlyMemory<T> Memory => _items.AsMemory(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(T item)
    {
        if (Count == _items.Length)
            Grow(1);
        _items[Count++] = item;
    }

    /// <summary>Room for so many items; <see cref="Advance"/> tells how many were written.</summary>
    internal Span<T> Room(int count)
    {
        if (Count + (long)count > _items.Length)
            Grow(count);
        return _items.AsSpan(Count);
    }

    internal void Advance(int count) => Count += count;

    internal void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Copies the items into memory of an allocator.</summary>
    internal ArrowBuffer Build(MemoryAllocator allocator)
    {
        using var buffer = new FilledBuffer();
        buffer.Allocate(allocator, (long)Count * Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(Items).CopyTo(buffer.Bytes);
        return buffer.Build();
    }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_items);
        _items = [];
        Count = 0;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(checked(Math.Max(Count + count, (int)Math.Min(2L * _items.Length, System.Array.MaxLength / 2))));
        Items.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
