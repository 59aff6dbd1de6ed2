using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>
/// Turns memory that a kernel has already filled into an <see cref="ArrowBuffer"/> without a copy.
/// </summary>
/// <remarks>
/// Arrow only makes an owning buffer inside a builder, which asks an allocator for the memory and copies into it.
/// The builder here holds one byte and is handed the finished memory by this allocator, so only that byte is rewritten.
/// </remarks>
internal sealed class AdoptingAllocator : MemoryAllocator
{
    [ThreadStatic]
    private static AdoptingAllocator? t_instance;

    private IMemoryOwner<byte>? _next;

    /// <summary>Makes a buffer that owns <paramref name="owner"/>.</summary>
    public static ArrowBuffer Adopt(IMemoryOwner<byte> owner)
    {
        Memory<byte> memory = owner.Memory;
        if (memory.IsEmpty)
        {
            owner.Dispose();
            return ArrowBuffer.Empty;
        }

        AdoptingAllocator self = t_instance ??= new AdoptingAllocator();
        self._next = owner;
        return new ArrowBuffer.Builder<byte>(1).Append(memory.Span[0]).Build(self);
    }

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        IMemoryOwner<byte> owner = _next ?? throw new InvalidOperationException("There is no memory waiting to be adopted.");
        _next = null;
        bytesAllocated = owner.Memory.Length;
        return owner;
    }
}
