using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// The first or last value of a group in row order, of any type: for each group the place of its row in the input and in an array of values
/// kept, which is packed when most of it is stale.
/// </summary>
/// <param name="type">The type of the values.</param>
/// <param name="last">The last rather than the first.</param>
/// <param name="nulls">Nulls count as values, as they do in the first row of a key.</param>
/// <param name="allocator">Where the state is allocated.</param>
internal sealed class PlaceAccumulator(IArrowType type, bool last, bool nulls, MemoryAllocator allocator) : GroupedAccumulator(allocator)
{
    private const int SmallEnough = 1 << 6;

    private readonly OutputBuffer<State> _states = new(allocator, 0);
    private readonly List<IArrowArray> _kept = [];
    private int _keptRows;
    private int _live;

    internal override IArrowType StateType { get; } = new StructType(
        [new Field("batch", Int64Type.Default, true), new Field("row", Int32Type.Default, false), new Field("value", type, true)]);

    internal override bool NeedsOrder => true;

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        using var batches = new OutputBuffer<long>(allocator, groups.Length);
        using var rows = new OutputBuffer<int>(allocator, groups.Length);
        using var seen = Validity.Empty(groups.Length, allocator);
        using var placeRoom = new Rented<int>(groups.Length);
        ReadOnlySpan<State> states = _states.Span;
        for (var i = 0; i < groups.Length; i++)
        {
            var state = groups[i] < states.Length ? states[groups[i]] : default;
            batches.Span[i] = state.Batch;
            rows.Span[i] = state.Row;
            placeRoom.Span[i] = state.Place - 1;
            seen.Span[i >> 6] |= (state.Place == 0 ? 0UL : 1) << (i & 63);
        }

        using var kept = Kept(allocator);
        var value = Gather.Run(nameof(AggregateKind.First), kept.Data, placeRoom.Span, allocator);
        var batch = Assemble.Fixed(Int64Type.Default, groups.Length, seen, batches);
        var row = Assemble.Fixed(Int32Type.Default, groups.Length, null, rows);
        return new StructArray(new ArrayData(StateType, groups.Length, 0, 0, [ArrowBuffer.Empty], [batch.Data, row.Data, value.Data]));
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        using var batch = ArrowArrayFactory.BuildArray(state.Children[0].SliceShared(state.Offset, state.Length));
        using var row = ArrowArrayFactory.BuildArray(state.Children[1].SliceShared(state.Offset, state.Length));
        using var value = ArrowArrayFactory.BuildArray(state.Children[2].SliceShared(state.Offset, state.Length));
        var batches = Columns.Values<long>(batch.Data);
        var rows = Columns.Values<int>(row.Data);
        var seen = Bits.Validity(batch.Data);
        Seal(groupCount);
        var states = _states.Span;
        using var room = new Rented<int>(groupIds.Length);
        var taken = 0;
        for (var i = 0; i < groupIds.Length; i++)
        {
            if (seen[i])
                Offer(ref states[groupIds[i]], new RowPlace(batches[i], rows[i]), i, groupIds[i], room.Span, ref taken);
        }

        Keep(value.Data, room.Span[..taken]);
    }

    internal override void Seal(int groupCount)
    {
        if (_states.Length < groupCount)
            _states.Resize(groupCount);
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var places = new Rented<int>(count);
        ReadOnlySpan<State> states = _states.Span;
        for (var i = 0; i < count; i++)
            places.Span[i] = states[start + i].Place - 1;
        IArrowArray kept;
        lock (_kept)
            kept = Kept(Allocator);
        using (kept)
            return Gather.Run(nameof(AggregateKind.First), kept.Data, places.Span, allocator);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        Seal(groupCount);
        var states = _states.Span;
        var validity = Bits.Validity(data);
        using var room = new Rented<int>(groupIds.Length);
        var taken = 0;
        for (var i = 0; i < groupIds.Length; i++)
        {
            if (nulls || validity[i])
                Offer(ref states[groupIds[i]], FirstRow with { Row = FirstRow.Row + i }, i, groupIds[i], room.Span, ref taken);
        }

        Keep(data, room.Span[..taken]);
    }

    protected override void Dispose(bool disposing)
    {
        _states.Dispose();
        foreach (var array in _kept)
            array.Dispose();
        _kept.Clear();
    }

    /// <summary>Takes a row if it goes before what the group has; until the update's end its place is the negative of its number in the update.</summary>
    private void Offer(ref State state, RowPlace row, int at, int group, Span<int> groups, ref int taken)
    {
        var held = new RowPlace(state.Batch, state.Row);
        if (state.Place != 0 && !(last ? held.IsBefore(row) : row.IsBefore(held)))
            return;
        if (state.Place == 0)
            _live++;
        if (state.Place >= 0)
            groups[taken++] = group;
        state = new State { Batch = row.Batch, Row = row.Row, Place = -(at + 1) };
    }

    /// <summary>Copies the values that were taken.</summary>
    private void Keep(ArrayData data, Span<int> groups)
    {
        if (groups.IsEmpty)
            return;
        var states = _states.Span;
        for (var i = 0; i < groups.Length; i++)
        {
            ref var state = ref states[groups[i]];
            groups[i] = -state.Place - 1;
            state.Place = checked(_keptRows + i + 1);
        }

        _kept.Add(Gather.Run(nameof(AggregateKind.First), data, groups, Allocator));
        _keptRows += groups.Length;
        if (_keptRows > SmallEnough && _keptRows > 2 * _live)
            Pack();
    }

    private void Pack()
    {
        using var room = new Rented<int>(_live);
        var next = 0;
        foreach (ref var state in _states.Span)
        {
            if (state.Place == 0)
                continue;
            room.Span[next++] = state.Place - 1;
            state.Place = next;
        }

        using var kept = Kept(Allocator);
        var packed = Gather.Run(nameof(AggregateKind.First), kept.Data, room.Span, Allocator);
        _kept[0].Dispose();
        _kept[0] = packed;
        _keptRows = _live;
    }

    /// <summary>All values kept as one array, which stays the only one; the caller owns a share of it.</summary>
    private IArrowArray Kept(MemoryAllocator allocator)
    {
        if (_kept.Count == 0)
            return Constants.Nulls(type, 0, allocator);
        if (_kept.Count > 1)
        {
            var all = Concatenation.Concat(_kept, Allocator);
            foreach (var array in _kept)
                array.Dispose();
            _kept.Clear();
            _kept.Add(all);
        }

        return Assemble.Share(_kept[0]);
    }

    private struct State
    {
        public long Batch;
        public int Row;
        public int Place;
    }
}
