using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Memory of an allocator that is filled in place and then becomes an Arrow buffer without a copy, or is given back.</summary>
internal sealed class FilledBuffer : IDisposable
{
    private IMemoryOwner<byte>? _owner;
    private MemoryHandle _pin;

    /// <summary>The first byte of the memory held.</summary>
    internal unsafe byte* Pointer => (byte*)_pin.Pointer;

    internal Span<byte> Bytes => _owner is { } owner ? owner.Memory.Span : default;

    /// <summary>Takes zeroed or dirty memory; what was held before must have been built or disposed.</summary>
    internal void Allocate(MemoryAllocator allocator, long bytes, bool clear = false)
    {
        var padded = checked((int)((Math.Max(bytes, 1) + 63) & ~63L));
        _owner = allocator.Allocate(padded);
        _pin = _owner.Memory.Pin();
        if (clear)
            _owner.Memory.Span.Clear();
    }

    internal Span<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>Hands the memory to an Arrow buffer.</summary>
    internal ArrowBuffer Build()
    {
        var owner = _owner ?? throw new InvalidOperationException("There is no memory to hand over.");
        _owner = null;
        _pin.Dispose();
        return AdoptingAllocator.Adopt(owner);
    }

    public void Dispose()
    {
        _pin.Dispose();
        _owner?.Dispose();
        _owner = null;
    }
}
