using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Counts distinct values: pairs of group and value are indexed, and each new pair adds one to its group.</summary>
internal sealed class DistinctAccumulator(IArrowType type, MemoryAllocator allocator) : GroupedAccumulator(allocator)
{
    private readonly OutputBuffer<long> _counts = new(allocator, 0);
    private readonly GroupIndex _pairs = new([Int32Type.Default, type], allocator);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_counts, groupCount);
        using var values = new OutputBuffer<long>(allocator, groupCount);
        _counts.Span[..groupCount].CopyTo(values.Span);
        return Assemble.Fixed(Int64Type.Default, groupCount, null, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ArrayData data = Required(values);
        Grow(_counts, groupCount);
        using var copy = new OutputBuffer<int>(Allocator, groupIds.Length);
        groupIds.CopyTo(copy.Span);
        using IArrowArray groups = Assemble.Fixed(Int32Type.Default, groupIds.Length, null, copy);
        using IArrowArray column = ArrowArrayFactory.BuildArray(data.Retain());
        using var rented = new Rented<int>(groupIds.Length);
        int known = _pairs.Count;
        _pairs.Map([groups, column], rented.Span);
        Bits validity = Bits.Validity(data);
        Span<long> counts = _counts.Span;
        ReadOnlySpan<int> pairs = rented.Span;
        using var seenRoom = new Rented<ulong>(Bits.WordsFor(_pairs.Count - known));
        Span<ulong> seen = seenRoom.Span;
        seen.Clear();
        for (int i = 0; i < pairs.Length; i++)
        {
            int fresh = pairs[i] - known;
            if (fresh >= 0 && validity[i] && (seen[fresh >> 6] & (1UL << (fresh & 63))) == 0)
            {
                Validity.Set(seen, fresh);
                counts[groupIds[i]]++;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        _pairs.Dispose();
    }
}
