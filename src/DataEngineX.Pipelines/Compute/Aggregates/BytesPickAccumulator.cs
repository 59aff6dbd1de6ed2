using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Least or greatest utf8 or binary value; values lie in one arena that is packed when half of it is stale.</summary>
internal sealed class BytesPickAccumulator<TOp>(IArrowType type, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where TOp : struct, IPickOp
{
    private const int SmallArena = 1 << 16;

    private readonly OutputBuffer<State> _states = new(allocator, 0);
    private OutputBuffer<byte> _arena = new(allocator, 0);
    private long _live;

    internal override IArrowType StateType => type;

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        Seal(groups.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(groups) + 1);
        return Collect(groups, allocator);
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount) => Accumulate(state, groupIds, groupCount);

    internal override void Seal(int groupCount)
    {
        if (_states.Length < groupCount)
            _states.Resize(groupCount);
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var groups = new Rented<int>(count);
        for (int i = 0; i < count; i++)
        {
            groups.Span[i] = start + i;
        }

        return Collect(groups.Span, allocator);
    }

    private IArrowArray Collect(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        ReadOnlySpan<State> states = _states.Span;
        ReadOnlySpan<byte> arena = _arena.Span;
        int groupCount = groups.Length;
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using var offsets = new OutputBuffer<int>(allocator, groupCount + 1);
        Span<ulong> valid = validity.Span;
        Span<int> starts = offsets.Span;
        starts[0] = 0;
        for (int i = 0; i < groupCount; i++)
        {
            State state = states[groups[i]];
            valid[i >> 6] |= (state.Seen ? 1UL : 0) << (i & 63);
            starts[i + 1] = checked(starts[i] + state.Length);
        }

        using var bytes = new OutputBuffer<byte>(allocator, starts[groupCount]);
        Span<byte> target = bytes.Span;
        for (int i = 0; i < groupCount; i++)
        {
            State state = states[groups[i]];
            arena.Slice(state.Start, state.Length).CopyTo(target[starts[i]..]);
        }

        return Assemble.Variable(type, groupCount, validity, offsets, bytes);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var source = new BytesColumn(Required(values));
        Seal(groupCount);
        Span<State> states = _states.Span;
        Span<byte> arena = _arena.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            if (!source.Validity[i])
            {
                continue;
            }

            ref State state = ref states[groupIds[i]];
            ReadOnlySpan<byte> value = source[i];
            if (state.Seen && !TOp.Replaces(arena.Slice(state.Start, state.Length), value))
            {
                continue;
            }

            _live += value.Length - state.Length;
            if (!state.Seen || value.Length > state.Length)
            {
                state.Start = Room(states, ref state, value.Length);
                arena = _arena.Span;
            }

            value.CopyTo(arena[state.Start..]);
            state.Length = value.Length;
            state.Seen = true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _states.Dispose();
        _arena.Dispose();
    }

    /// <summary>Room at the end of the arena, packing it first when most of it is stale.</summary>
    private int Room(Span<State> states, ref State state, int length)
    {
        state.Length = 0;
        if (_arena.Length > SmallArena && _arena.Length > 2 * _live)
        {
            Pack(states);
        }

        int start = _arena.Length;
        _arena.Resize(checked(start + length));
        return start;
    }

    private void Pack(Span<State> states)
    {
        var packed = new OutputBuffer<byte>(Allocator, 0);
        ReadOnlySpan<byte> old = _arena.Span;
        int length = 0;
        foreach (ref readonly State state in states)
        {
            length += state.Length;
        }

        packed.Resize(length);
        Span<byte> target = packed.Span;
        int at = 0;
        foreach (ref State state in states)
        {
            old.Slice(state.Start, state.Length).CopyTo(target[at..]);
            state.Start = at;
            at += state.Length;
        }

        _arena.Dispose();
        _arena = packed;
    }

    private struct State
    {
        public int Start;
        public int Length;
        public bool Seen;
    }
}
