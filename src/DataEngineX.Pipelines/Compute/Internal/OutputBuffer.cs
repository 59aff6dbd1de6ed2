using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>
/// Memory of an allocator seen as items, that either becomes an <see cref="ArrowBuffer"/> or is given back on disposal.
/// </summary>
internal sealed class OutputBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly MemoryAllocator _allocator;
    private IMemoryOwner<byte>? _owner;

    public OutputBuffer(MemoryAllocator allocator, int length, bool clear = false)
    {
        _allocator = allocator;
        _owner = allocator.Allocate(ByteCount(length));
        Length = length;
        if (clear)
        {
            Span.Clear();
        }
    }

    /// <summary>Items in use.</summary>
    public int Length { get; private set; }

    /// <summary>Items that fit without growing.</summary>
    public int Capacity => Owner.Memory.Length / Unsafe.SizeOf<T>();

    /// <summary>The items; take it once per batch, as it asks the memory's owner.</summary>
    public Span<T> Span => MemoryMarshal.Cast<byte, T>(Owner.Memory.Span)[..Length];

    private IMemoryOwner<byte> Owner => _owner ?? throw new ObjectDisposedException(nameof(OutputBuffer<T>));

    /// <summary>Sets the number of items; what is added is zero, and room at least doubles so that appending stays linear.</summary>
    public void Resize(int length)
    {
        int old = Length;
        Extend(length);
        if (length > old)
        {
            Span[old..].Clear();
        }
    }

    /// <summary>As <see cref="Resize"/>, but what is added holds anything until it is written.</summary>
    public void Extend(int length)
    {
        if (length > Capacity)
        {
            Reserve((int)Math.Min(Math.Max(length, 2L * Capacity), (int.MaxValue - 64) / Unsafe.SizeOf<T>()));
        }

        Length = length;
    }

    /// <summary>Makes room for so many items, none of which is in use yet.</summary>
    public void Reserve(int capacity)
    {
        if (capacity <= Capacity)
        {
            return;
        }

        IMemoryOwner<byte> bigger = _allocator.Allocate(ByteCount(capacity));
        Span.CopyTo(MemoryMarshal.Cast<byte, T>(bigger.Memory.Span));
        Owner.Dispose();
        _owner = bigger;
    }

    /// <summary>Hands the memory over to a buffer; this object is empty afterwards.</summary>
    public ArrowBuffer Build()
    {
        IMemoryOwner<byte> owner = Owner;
        _owner = null;
        return AdoptingAllocator.Adopt(owner);
    }

    public void Dispose()
    {
        _owner?.Dispose();
        _owner = null;
    }

    private static int ByteCount(int length)
    {
        // Padded to 64 bytes as Arrow recommends, so that whole words can be written past a bitmap's last bit.
        long bytes = (((long)length * Unsafe.SizeOf<T>()) + 63) & ~63L;
        return bytes <= int.MaxValue
            ? (int)bytes
            : throw new OverflowException($"A column buffer of {bytes} bytes is larger than Arrow's 2 GiB limit; use smaller batches.");
    }
}
