using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Items one after the other in one block of the run's memory, which grows by doubling.</summary>
internal sealed class GrowingBuffer<T>(SpillSpace space) : IDisposable
    where T : unmanaged
{
    private IMemoryOwner<byte>? _memory;
    private int _bytes;

    public int Count { get; private set; }

    public Span<T> Items => _memory is null ? [] : MemoryMarshal.Cast<byte, T>(_memory.Memory.Span)[..Count];

    /// <summary>Adds items, zero at first.</summary>
    public Span<T> Extend(int more)
    {
        var wanted = checked((Count + more) * Unsafe.SizeOf<T>());
        if (wanted > _bytes)
        {
            var bytes = (int)Math.Min(int.MaxValue / 2 + 1L, BitOperations.RoundUpToPowerOf2((uint)Math.Max(256, wanted)));
            var memory = space.Take(Math.Max(wanted, bytes));
            Items.CopyTo(MemoryMarshal.Cast<byte, T>(memory.Memory.Span));
            Dispose();
            (_memory, _bytes) = (memory, Math.Max(wanted, bytes));
        }

        Count += more;
        var added = Items[(Count - more)..];
        added.Clear();
        return added;
    }

    public void Clear() => Count = 0;

    public void Dispose()
    {
        if (_memory is not null)
            space.GiveBack(_memory, _bytes);
        (_memory, _bytes) = (null, 0);
    }
}
