using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Keys of a column of nothing but nulls.</summary>
internal sealed class NullKeyStore : KeyStore
{
    public override void Append(ArrayData data, ReadOnlySpan<int> rows)
    {
    }

    public override int Keep(ArrayData data, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses, ref int missCount) =>
        count;

    public override bool EqualsRow(ArrayData data, int row, int id) => true;

    public override IArrowArray Build(int count, MemoryAllocator allocator) => new NullArray(count);

    public override void Dispose()
    {
    }
}
