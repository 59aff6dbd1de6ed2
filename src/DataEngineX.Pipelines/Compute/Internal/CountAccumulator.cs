using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Counts rows, or values.</summary>
internal sealed class CountAccumulator(MemoryAllocator allocator, bool nulls) : GroupedAccumulator(allocator)
{
    private readonly OutputBuffer<long> _counts = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_counts, groupCount);
        using var values = new OutputBuffer<long>(allocator, groupCount);
        _counts.Span[..groupCount].CopyTo(values.Span);
        return Assemble.Fixed(Int64Type.Default, groupCount, null, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        Grow(_counts, groupCount);
        Span<long> counts = _counts.Span;
        Bits validity = nulls ? Bits.Ones(groupIds.Length) : Bits.Validity(Required(values));
        if (validity.AllSet)
        {
            foreach (int id in groupIds)
            {
                counts[id]++;
            }

            return;
        }

        for (int i = 0; i < groupIds.Length; i++)
        {
            counts[groupIds[i]] += validity[i] ? 1 : 0;
        }
    }

    protected override void Dispose(bool disposing) => _counts.Dispose();
}
