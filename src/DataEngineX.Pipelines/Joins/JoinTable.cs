using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Finds the rows of one side that have a key. Rows of equal keys are chained in their order; chains are kept only once a key comes twice.
/// Filled by several threads, each of which looks at all rows and enters those of its own range of slots; read by any number.
/// </summary>
internal abstract unsafe class JoinTable(BuildKeys keys, MemoryAllocator memory) : IDisposable
{
    private readonly Lock _lock = new();
    private OutputBuffer<int>? _chain;
    private nint _next;

    /// <summary>Whether no key comes twice.</summary>
    public bool IsUnique => _next == 0;

    /// <summary>How many ranges can be filled at the same time.</summary>
    public abstract int Ranges { get; }

    protected BuildKeys Keys => keys;

    protected MemoryAllocator Memory => memory;

    /// <summary>Enters the rows whose slots lie in a range.</summary>
    /// <returns>False when the range is too full and the table must be made with one range.</returns>
    public abstract bool Fill(int range);

    /// <summary>The first row of each key, or -1 when there is none or the key has a null.</summary>
    public void Find(ProbeKeys probe, Span<int> heads)
    {
        FindAll(probe, heads);
        probe.DropNulls(heads);
    }

    /// <summary>The row after this one with the same key, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int row) => _next == 0 ? -1 : ((int*)_next)[row];

    public void Dispose()
    {
        Release();
        _chain?.Dispose();
        _chain = null;
        _next = 0;
    }

    protected abstract void FindAll(ProbeKeys probe, Span<int> heads);

    protected abstract void Release();

    /// <summary>Puts a row before the one that so far was the first of its key.</summary>
    protected void Chain(int row, int head)
    {
        if (_next == 0)
            OpenChain();
        ((int*)_next)[row] = head;
    }

    /// <summary>A pointer to memory of the run's allocator, which is native.</summary>
    protected static T* Address<T>(OutputBuffer<T> buffer)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer.Span));

    private void OpenChain()
    {
        lock (_lock)
        {
            if (_next != 0)
                return;
            _chain = new OutputBuffer<int>(memory, keys.AddressRange);
            _chain.Span.Fill(-1);
            Volatile.Write(ref _next, (nint)Address(_chain));
        }
    }
}
