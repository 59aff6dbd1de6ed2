using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataEngineX.Pipelines;

namespace DataEngineX.Compute;

/// <summary>
/// Scratch space of one batch, not cleared, given back on disposal. It is native: the shared pool of arrays keeps one of each size for each thread
/// that ever returned one, which for whole batches was more than what the operators held.
/// </summary>
internal readonly unsafe ref struct Rented<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;

    private readonly void* _pointer;
    private readonly int _length;
    private readonly long _pooled;

    public Rented(int length)
    {
        _length = length;
        var bytes = checked((int)Math.Max(1L, (long)length * Unsafe.SizeOf<T>()));
        if (bytes >= BlockPool.LeastBytes && NativeMemoryMap.IsSupported)
        {
            _pooled = BlockPool.SizeOf(bytes);
            _pointer = (void*)BlockPool.Take(_pooled);
        }
        else
        {
            _pointer = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        }
    }

    public Span<T> Span => new(_pointer, _length);

    public void Dispose()
    {
        if (_pointer == null)
            return;
        if (_pooled > 0)
            BlockPool.Return((nint)_pointer, _pooled);
        else
            NativeMemory.AlignedFree(_pointer);
    }
}
