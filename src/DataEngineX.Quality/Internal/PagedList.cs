using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow.Memory;

namespace DataEngineX.Quality;

/// <summary>A growing list of values in pages from the run's allocator; it never copies what it holds.</summary>
internal sealed class PagedList<T>(MemoryAllocator allocator) : IDisposable
    where T : unmanaged
{
    private const int PageItems = 16 * 1024;

    private readonly List<IMemoryOwner<byte>> _pages = [];

    public ref T this[int index] => ref MemoryMarshal.Cast<byte, T>(_pages[index / PageItems].Memory.Span)[index % PageItems];

    /// <summary>Makes room for a number of items; new ones are zero.</summary>
    public void Reserve(int count)
    {
        while ((long)_pages.Count * PageItems < count)
        {
            var page = allocator.Allocate(PageItems * Unsafe.SizeOf<T>());
            page.Memory.Span.Clear();
            _pages.Add(page);
        }
    }

    public void Dispose()
    {
        foreach (var page in _pages)
            page.Dispose();
        _pages.Clear();
    }
}
