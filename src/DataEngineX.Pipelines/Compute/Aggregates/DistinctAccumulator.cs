using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Counts distinct values: pairs of group and value are indexed, and each new pair adds one to its group.</summary>
internal sealed class DistinctAccumulator(IArrowType type, MemoryAllocator allocator) : GroupedAccumulator(allocator)
{
    private readonly OutputBuffer<long> _counts = new(allocator, 0);
    private readonly OutputBuffer<int> _groupOfPair = new(allocator, 0);
    private readonly KeyTable _pairs = new([Int32Type.Default, type], allocator);

    internal override IArrowType StateType => new ListType(type);

    internal override bool KeepsRows => true;

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        using var slots = new Rented<int>(groups.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(groups) + 1);
        slots.Span.Fill(-1);
        for (var i = 0; i < groups.Length; i++)
            slots.Span[groups[i]] = i;
        using var offsets = new OutputBuffer<int>(allocator, groups.Length + 1, clear: true);
        var starts = offsets.Span;
        foreach (var group in _groupOfPair.Span)
        {
            if (group < slots.Span.Length && slots.Span[group] >= 0)
                starts[slots.Span[group] + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        using var order = new Rented<int>(starts[^1]);
        using var next = new Rented<int>(starts.Length);
        starts.CopyTo(next.Span);
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            var group = _groupOfPair.Span[pair];
            if (group < slots.Span.Length && slots.Span[group] >= 0)
                order.Span[next.Span[slots.Span[group]]++] = pair;
        }

        var columns = _pairs.Build(0, _pairs.Count, allocator);
        using (columns[0])
        using (columns[1])
            return ListState.Build(type, groups.Length, offsets, Gather.Run(nameof(AggregateKind.CountDistinct), columns[1].Data, order.Span, allocator));
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        using var items = ListState.Items(state);
        using var itemGroups = new Rented<int>(items.Length);
        ListState.Expand(state, groupIds, itemGroups.Span);
        Accumulate(items.Data, itemGroups.Span, groupCount);
    }

    internal override void Seal(int groupCount)
    {
        if (_counts.Length < groupCount)
            _counts.Resize(groupCount);
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<long>(allocator, count);
        _counts.Span.Slice(start, count).CopyTo(values.Span);
        return Assemble.Fixed(Int64Type.Default, count, null, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        Seal(groupCount);
        using var copy = new OutputBuffer<int>(Allocator, groupIds.Length);
        groupIds.CopyTo(copy.Span);
        using var groups = Assemble.Fixed(Int32Type.Default, groupIds.Length, null, copy);
        using var column = ArrowArrayFactory.BuildArray(data.Retain());
        using var rented = new Rented<int>(groupIds.Length);
        var pairs = rented.Span;
        var known = _pairs.Count;
        _pairs.Map([groups, column], pairs);
        _groupOfPair.Resize(_pairs.Count);
        var groupOfPair = _groupOfPair.Span;
        groupOfPair[known..].Fill(-1);
        var validity = Bits.Validity(data);
        var counts = _counts.Span;
        for (var i = 0; i < pairs.Length; i++)
        {
            if (groupOfPair[pairs[i]] >= 0)
                continue;
            groupOfPair[pairs[i]] = groupIds[i];
            counts[groupIds[i]] += validity[i] ? 1 : 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        _groupOfPair.Dispose();
        _pairs.Dispose();
    }
}
