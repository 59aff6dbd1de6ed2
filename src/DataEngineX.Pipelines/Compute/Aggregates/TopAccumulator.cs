using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The n greatest or least values of each group, in order.</summary>
internal sealed class TopAccumulator<T, TOp>(IArrowType type, int n, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    private readonly OutputBuffer<T> _values = new(allocator, 0);
    private readonly OutputBuffer<int> _counts = new(allocator, 0);

    internal override IArrowType StateType => new ListType(type);

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        Seal(groups.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(groups) + 1);
        return Collect(groups, null, allocator);
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
        if (_counts.Length >= groupCount)
            return;
        _counts.Resize(groupCount);
        _values.Resize(checked(_counts.Length * n));
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var groups = new Rented<int>(count);
        for (var i = 0; i < count; i++)
            groups.Span[i] = start + i;
        using var validity = Validity.Empty(count, allocator);
        for (var i = 0; i < count; i++)
            validity.Span[i >> 6] |= (_counts.Span[start + i] > 0 ? 1UL : 0) << (i & 63);
        return Collect(groups.Span, validity, allocator);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        Seal(groupCount);
        var source = Columns.Values<T>(data);
        var validity = Bits.Validity(data);
        var allSet = validity.AllSet;
        // No bounds checks: there is a count and room for n values for every group.
        ref var counts = ref MemoryMarshal.GetReference(_counts.Span);
        ref var kept = ref MemoryMarshal.GetReference(_values.Span);
        for (var i = 0; i < source.Length; i++)
        {
            if (!allSet && !validity[i])
                continue;
            ref var count = ref Unsafe.Add(ref counts, groupIds[i]);
            ref var first = ref Unsafe.Add(ref kept, (nint)groupIds[i] * n);
            if (count == n && !TOp.Replaces(Unsafe.Add(ref first, n - 1), source[i]))
                continue;
            Insert(ref first, ref count, source[i]);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        _counts.Dispose();
    }

    private void Insert(ref T first, ref int count, T value)
    {
        var at = count < n ? count++ : n - 1;
        while (at > 0 && TOp.Replaces(Unsafe.Add(ref first, at - 1), value))
        {
            Unsafe.Add(ref first, at) = Unsafe.Add(ref first, at - 1);
            at--;
        }

        Unsafe.Add(ref first, at) = value;
    }

    private IArrowArray Collect(ReadOnlySpan<int> groups, OutputBuffer<ulong>? validity, MemoryAllocator allocator)
    {
        using var offsets = new OutputBuffer<int>(allocator, groups.Length + 1);
        var starts = offsets.Span;
        starts[0] = 0;
        for (var i = 0; i < groups.Length; i++)
            starts[i + 1] = checked(starts[i] + _counts.Span[groups[i]]);
        using var items = new OutputBuffer<T>(allocator, starts[^1]);
        for (var i = 0; i < groups.Length; i++)
            _values.Span.Slice(groups[i] * n, starts[i + 1] - starts[i]).CopyTo(items.Span[starts[i]..]);
        return ListState.Build(type, groups.Length, offsets, Assemble.Fixed(type, items.Length, null, items), validity);
    }
}
