using System.Buffers;

namespace DataEngineX.Compute;

/// <summary>Scratch space of the shared pool, given back on disposal.</summary>
internal readonly ref struct Rented<T> : IDisposable
{
    private readonly T[] _array;
    private readonly int _length;

    public Rented(int length)
    {
        _array = ArrayPool<T>.Shared.Rent(length);
        _length = length;
    }

    public Span<T> Span => _array.AsSpan(0, _length);

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
