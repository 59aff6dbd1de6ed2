using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Which rows of a column are null; memory is taken with the first null.</summary>
internal sealed class RowValidity(int rows, MemoryAllocator allocator) : IDisposable
{
    private OutputBuffer<byte>? _bits;

    public int NullCount { get; private set; }

    public void SetNull(int row)
    {
        if (_bits is null)
        {
            _bits = new OutputBuffer<byte>(allocator, (rows + 7) / 8);
            _bits.Span.Fill(0xFF);
        }

        _bits.Span[row >> 3] &= (byte)~(1 << (row & 7));
        NullCount++;
    }

    public ArrowBuffer Build() => _bits?.Build() ?? ArrowBuffer.Empty;

    public void Dispose() => _bits?.Dispose();
}
