using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Truth values, a bit each.</summary>
internal sealed class BooleanColumnBuilder(IArrowType type) : ColumnBuilder(type)
{
    private readonly ArrowBuffer.BitmapBuilder _values = new();

    internal void Append(bool value)
    {
        _values.Append(value);
        Mark(true);
    }

    protected override void AppendEmpty() => _values.Append(false);

    protected override void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator) => buffers.Add(_values.Build(allocator));

    protected override void ClearValues() => _values.Clear();
}
