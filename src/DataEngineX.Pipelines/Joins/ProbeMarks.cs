using System.Buffers;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>One byte a row of a partition: whether it found a partner in any block so far.</summary>
internal sealed class ProbeMarks : IDisposable
{
    private readonly IMemoryOwner<byte> _memory;
    private readonly int _rows;

    public ProbeMarks(long rows, MemoryAllocator memory)
    {
        if (rows > Array.MaxLength)
            throw new OverflowException($"A partition of a join has {rows} rows of one key, more than {Array.MaxLength}.");
        _rows = (int)rows;
        _memory = memory.Allocate(Math.Max(1, _rows));
        _memory.Memory.Span.Clear();
    }

    public ReadOnlySpan<byte> All => _memory.Memory.Span[.._rows];

    public Memory<byte> Of(long row, int count) => _memory.Memory.Slice((int)row, count);

    public void Dispose() => _memory.Dispose();
}
