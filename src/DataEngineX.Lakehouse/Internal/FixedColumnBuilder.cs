using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Values of one fixed width, from one byte to sixteen.</summary>
internal sealed class FixedColumnBuilder<T>(IArrowType type) : ColumnBuilder(type)
    where T : struct
{
    private readonly ArrowBuffer.Builder<T> _values = new();

    internal void Append(T value)
    {
        _values.Append(value);
        Mark(true);
    }

    protected override void AppendEmpty() => _values.Append(default(T));

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator) => buffers.Add(_values.Build(allocator));

    protected override void ClearValues() => _values.Clear();
}
