using System.Runtime.InteropServices;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Keeps texts of any length at places that never move; in chunks, so that all of them may be larger than one buffer.</summary>
internal sealed class TextArena(MemoryAllocator allocator) : IDisposable
{
    private const int SmallestChunk = 1 << 12;
    private const int LargestChunk = 1 << 22;

    private readonly List<OutputBuffer<byte>> _chunks = [];
    private int _used;

    /// <summary>Keeps a copy; the number is its place.</summary>
    public long Add(ReadOnlySpan<byte> text)
    {
        var needed = checked(text.Length + sizeof(int));
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < needed)
        {
            var size = _chunks.Count == 0 ? SmallestChunk : Math.Min(LargestChunk, 2 * _chunks[^1].Length);
            _chunks.Add(new OutputBuffer<byte>(allocator, Math.Max(size, needed)));
            _used = 0;
        }

        var room = _chunks[^1].Span[_used..];
        MemoryMarshal.Write(room, text.Length);
        text.CopyTo(room[sizeof(int)..]);
        var place = ((long)(_chunks.Count - 1) << 32) | (uint)_used;
        _used += needed;
        return place;
    }

    public ReadOnlySpan<byte> this[long place]
    {
        get
        {
            var at = _chunks[(int)(place >> 32)].Span[(int)place..];
            return at.Slice(sizeof(int), MemoryMarshal.Read<int>(at));
        }
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
            chunk.Dispose();
        _chunks.Clear();
    }
}
