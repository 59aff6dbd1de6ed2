using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow.Memory;

namespace DataEngineX.Quality;

/// <summary>All values of a column in the run's memory, for what needs them sorted.</summary>
internal sealed class ValueList<T>(MemoryAllocator allocator) : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly PagedList<T> _pages = new(allocator);

    public int Count { get; private set; }

    /// <summary>Whether one of the values is NaN.</summary>
    public bool HasNaN { get; private set; }

    public T this[int index] => _pages[index];

    public void Add(ReadOnlySpan<T> values)
    {
        _pages.Reserve(checked(Count + values.Length));
        foreach (var value in values)
        {
            _pages[Count++] = value;
            HasNaN |= T.IsNaN(value);
        }
    }

    /// <summary>Gives the values in ascending order; their memory is that of the result.</summary>
    public TResult Sorted<TResult>(Func<ReadOnlyMemory<byte>, int, TResult> use)
    {
        if ((long)Count * Unsafe.SizeOf<T>() > int.MaxValue)
            throw new NotSupportedException($"{Count} values are too many for an exact median or quantile; use a profile, which estimates them.");
        using var owner = allocator.Allocate(Math.Max(1, Count * Unsafe.SizeOf<T>()));
        var values = MemoryMarshal.Cast<byte, T>(owner.Memory.Span)[..Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _pages[i];
        values.Sort();
        return use(owner.Memory, Count);
    }

    public void Dispose() => _pages.Dispose();
}
