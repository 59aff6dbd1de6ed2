using System.Buffers;
using System.Runtime.InteropServices;

namespace DataEngineX.Pipelines;

/// <summary>
/// A block of native memory, aligned for wide vectors and not cleared: who needs zeros writes them. Arrow's own native allocator tells the
/// garbage collector of every block, which made it collect all generations for batches that die at once; a run's memory is bounded by its
/// budget instead. Large blocks are mapped pages (<see cref="BlockPool"/>), so that what is given back does not stay with the process.
/// </summary>
internal sealed unsafe class NativeBlock : MemoryManager<byte>
{
    private const nuint Alignment = 64;

    private readonly int _length;
    private readonly long _pooled;
    private void* _pointer;

    public NativeBlock(int length)
    {
        _length = length;
        if (length >= BlockPool.LeastBytes && NativeMemoryMap.IsSupported)
        {
            _pooled = BlockPool.SizeOf(length);
            _pointer = (void*)BlockPool.Take(_pooled);
        }
        else
        {
            _pointer = NativeMemory.AlignedAlloc((nuint)length, Alignment);
        }
    }

    // A batch that a caller of FlowReader forgot to dispose must not be lost for good. Inside the engine every batch has an owner that disposes
    // it after its last use, so no span outlives the block.
#pragma warning disable CA2015
    ~NativeBlock() => Dispose(false);
#pragma warning restore CA2015

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_pointer == null, this);
        return new Span<byte>(_pointer, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_pointer == null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
        return new MemoryHandle((byte*)_pointer + elementIndex, default, this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        var pointer = (nint)_pointer;
        _pointer = null;
        if (pointer == 0)
            return;
        if (_pooled > 0)
            BlockPool.Return(pointer, _pooled);
        else
            NativeMemory.AlignedFree((void*)pointer);
    }
}
