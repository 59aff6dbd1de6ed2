using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Exact quantiles: all values are kept with their groups, put in the order of the groups by counting, and selected from.</summary>
/// <param name="fraction">The part of the values below the quantile.</param>
/// <param name="scale">What a value is divided by: the power of ten of a decimal.</param>
/// <param name="allocator">Where the state is allocated.</param>
internal sealed class QuantileAccumulator<T>(double fraction, double scale, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>
{
    private readonly KeptValues _kept = new(allocator);

    // Values are kept, or lie in the order of their groups with the place where each group starts; never both.
    private OutputBuffer<double>? _sorted;
    private OutputBuffer<int>? _starts;

    internal override IArrowType StateType => new ListType(DoubleType.Default);

    internal override bool KeepsRows => true;

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        Seal(groups.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(groups) + 1);
        ReadOnlySpan<int> starts = _starts!.Span;
        using var offsets = new OutputBuffer<int>(allocator, groups.Length + 1);
        var ends = offsets.Span;
        ends[0] = 0;
        for (var i = 0; i < groups.Length; i++)
            ends[i + 1] = checked(ends[i] + starts[groups[i] + 1] - starts[groups[i]]);
        using var items = new OutputBuffer<double>(allocator, ends[^1]);
        for (var i = 0; i < groups.Length; i++)
            _sorted!.Span[starts[groups[i]]..starts[groups[i] + 1]].CopyTo(items.Span[ends[i]..]);
        return ListState.Build(DoubleType.Default, groups.Length, offsets, Assemble.Fixed(DoubleType.Default, items.Length, null, items));
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        using var items = ListState.Items(state);
        Unsort();
        _kept.Add(items.Length, out var groups, out var values);
        ListState.Expand(state, groupIds, groups);
        Columns.Values<double>(items.Data).CopyTo(values);
    }

    internal override void Absorb(GroupedAccumulator other, ReadOnlySpan<int> numbers, int groupCount)
    {
        var spent = (QuantileAccumulator<T>)other;
        spent.Unsort();
        Unsort();
        _kept.Absorb(spent._kept, numbers);
    }

    internal override void Seal(int groupCount)
    {
        if (_starts is { } known && known.Length > groupCount)
            return;
        Unsort();
        var starts = new OutputBuffer<int>(Allocator, groupCount + 1, clear: true);
        try
        {
            _sorted = _kept.Sort(starts.Span);
            _starts = starts;
        }
        catch
        {
            starts.Dispose();
            throw;
        }
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> starts = _starts!.Span;
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<double>(allocator, count);
        for (var i = 0; i < count; i++)
        {
            var group = _sorted!.Span[starts[start + i]..starts[start + i + 1]];
            validity.Span[i >> 6] |= (group.IsEmpty ? 0UL : 1) << (i & 63);
            target.Span[i] = group.IsEmpty ? 0 : Quantiles.Select(group, fraction);
        }

        return Assemble.Fixed(DoubleType.Default, count, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        var source = Columns.Values<T>(data);
        var validity = Bits.Validity(data);
        Unsort();
        _kept.Add(source.Length, out var groups, out var kept);
        if (validity.AllSet)
        {
            groupIds.CopyTo(groups);
            for (var i = 0; i < source.Length && i < kept.Length; i++)
                kept[i] = double.CreateTruncating(source[i]) / scale;
            return;
        }

        var at = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (!validity[i])
                continue;
            groups[at] = groupIds[i];
            kept[at++] = double.CreateTruncating(source[i]) / scale;
        }

        _kept.DropLast(source.Length - at);
    }

    protected override void Dispose(bool disposing)
    {
        _kept.Dispose();
        _sorted?.Dispose();
        _starts?.Dispose();
    }

    /// <summary>Keeps sorted values with their groups again: more may come.</summary>
    private void Unsort()
    {
        if (_sorted is not { } sorted || _starts is not { } starts)
            return;
        _kept.Add(sorted.Length, out var groups, out var values);
        sorted.Span.CopyTo(values);
        for (var g = 0; g + 1 < starts.Length; g++)
            groups[starts.Span[g]..starts.Span[g + 1]].Fill(g);
        sorted.Dispose();
        starts.Dispose();
        (_sorted, _starts) = (null, null);
    }
}
