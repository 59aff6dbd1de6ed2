using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly OutputBuffer<int> _groups = new(allocator, 0);
    private OutputBuffer<double> _values = new(allocator, 0);
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
            _values.Span[starts[groups[i]]..starts[groups[i] + 1]].CopyTo(items.Span[ends[i]..]);
        return ListState.Build(DoubleType.Default, groups.Length, offsets, Assemble.Fixed(DoubleType.Default, items.Length, null, items));
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        using var items = ListState.Items(state);
        ListState.Expand(state, groupIds, Room(items.Length, out var values));
        Columns.Values<double>(items.Data).CopyTo(values);
    }

    internal override void Seal(int groupCount)
    {
        if (_starts is { } known && known.Length > groupCount)
            return;
        _starts?.Dispose();
        _starts = null;
        var starts = new OutputBuffer<int>(Allocator, groupCount + 1, clear: true);
        try
        {
            Sort(starts.Span);
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
            var group = _values.Span[starts[start + i]..starts[start + i + 1]];
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
        var groups = Room(source.Length, out var kept);
        var at = 0;
        if (validity.AllSet)
        {
            groupIds.CopyTo(groups);
            for (var i = 0; i < source.Length && i < kept.Length; i++)
                kept[i] = double.CreateTruncating(source[i]) / scale;
            return;
        }

        for (var i = 0; i < source.Length; i++)
        {
            if (!validity[i])
                continue;
            groups[at] = groupIds[i];
            kept[at++] = double.CreateTruncating(source[i]) / scale;
        }

        _groups.Resize(_groups.Length - source.Length + at);
        _values.Resize(_groups.Length);
    }

    protected override void Dispose(bool disposing)
    {
        _groups.Dispose();
        _values.Dispose();
        _starts?.Dispose();
    }

    private Span<int> Room(int rows, out Span<double> values)
    {
        _starts?.Dispose();
        _starts = null;
        var at = _groups.Length;
        _groups.Resize(checked(at + rows));
        _values.Resize(at + rows);
        values = _values.Span[at..];
        return _groups.Span[at..];
    }

    /// <summary>Counting sort by group; fills where each group starts.</summary>
    private void Sort(Span<int> starts)
    {
        var groups = _groups.Span;
        foreach (var group in groups)
            starts[group + 1]++;
        for (var g = 1; g < starts.Length; g++)
            starts[g] += starts[g - 1];
        var sorted = new OutputBuffer<double>(Allocator, _values.Length);
        using var nextRoom = new Rented<int>(starts.Length);
        starts.CopyTo(nextRoom.Span);
        // No bounds checks: every group was just counted.
        ref var next = ref MemoryMarshal.GetReference(nextRoom.Span);
        ref var target = ref MemoryMarshal.GetReference(sorted.Span);
        ReadOnlySpan<double> values = _values.Span;
        for (var i = 0; i < groups.Length; i++)
            Unsafe.Add(ref target, Unsafe.Add(ref next, groups[i])++) = values[i];
        for (var g = 0; g + 1 < starts.Length; g++)
            groups[starts[g]..starts[g + 1]].Fill(g);
        _values.Dispose();
        _values = sorted;
    }
}
