using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Texts and byte strings: offsets and one run of bytes.</summary>
internal sealed class BytesColumnBuilder : ColumnBuilder
{
    private readonly ArrowBuffer.Builder<int> _offsets = new();
    private readonly ArrowBuffer.Builder<byte> _bytes = new();

    internal BytesColumnBuilder(IArrowType type)
        : base(type) => _offsets.Append(0);

    /// <summary>How many bytes the values take so far.</summary>
    internal int ByteCount => _bytes.Length;

    internal void Append(ReadOnlySpan<byte> value)
    {
        _bytes.Append(value);
        _offsets.Append(_bytes.Length);
        Mark(true);
    }

    protected override void AppendEmpty() => _offsets.Append(_bytes.Length);

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator)
    {
        buffers.Add(_offsets.Build(allocator));
        buffers.Add(_bytes.Build(allocator));
    }

    protected override void ClearValues()
    {
        _offsets.Clear();
        _bytes.Clear();
        _offsets.Append(0);
    }
}
