using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>The texts of one key column that are too long to lie inside the key, by the number of their key.</summary>
internal sealed class LongTexts(MemoryAllocator allocator) : IDisposable
{
    private readonly TextArena _arena = new(allocator);
    private readonly OutputBuffer<long> _places = new(allocator, 0);

    public ReadOnlySpan<byte> this[int id] => _arena[_places.Span[id]];

    public void Add(int id, ReadOnlySpan<byte> text)
    {
        if (_places.Length <= id)
            _places.Resize(id + 1);
        _places.Span[id] = _arena.Add(text);
    }

    public void Dispose()
    {
        _arena.Dispose();
        _places.Dispose();
    }
}
