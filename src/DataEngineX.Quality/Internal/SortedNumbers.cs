using System.Buffers;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Numbers in ascending order, in memory that is given back.</summary>
internal sealed class SortedNumbers : IDisposable
{
    private readonly IMemoryOwner<byte> _memory;
    private readonly int _count;

    /// <summary>Takes the memory and puts the numbers in it in order.</summary>
    public SortedNumbers(IMemoryOwner<byte> memory, int count)
    {
        (_memory, _count) = (memory, count);
        Numbers.Sort();
    }

    public ReadOnlySpan<double> Values => Numbers;

    private Span<double> Numbers => MemoryMarshal.Cast<byte, double>(_memory.Memory.Span)[.._count];

    public void Dispose() => _memory.Dispose();
}
