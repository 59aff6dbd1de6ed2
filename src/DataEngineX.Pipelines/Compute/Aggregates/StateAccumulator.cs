using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>An accumulator whose state is a structure a group.</summary>
internal abstract class StateAccumulator<TState>(MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where TState : unmanaged, IMergeable<TState>
{
    private readonly OutputBuffer<TState> _states = new(allocator, 0);

    internal override IArrowType StateType => new FixedSizeBinaryType(Unsafe.SizeOf<TState>());

    /// <summary>The states of all groups.</summary>
    protected ReadOnlySpan<TState> States => _states.Span;

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        using var copy = new OutputBuffer<TState>(allocator, groups.Length);
        ReadOnlySpan<TState> states = _states.Span;
        var target = copy.Span;
        for (var i = 0; i < groups.Length; i++)
            target[i] = groups[i] < states.Length ? states[groups[i]] : default;
        return Assemble.Fixed(StateType, groups.Length, null, copy);
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ref var states = ref Grow(groupCount);
        var from = Columns.Values<TState>(state);
        for (var i = 0; i < groupIds.Length; i++)
            Unsafe.Add(ref states, groupIds[i]).Merge(from[i]);
    }

    internal override void Seal(int groupCount) => Grow(groupCount);

    internal override void Reserve(int groups) => _states.Reserve(groups);

    /// <summary>Makes room for groups and gives the first state; group numbers are below the count, so the loops check no bounds.</summary>
    protected ref TState Grow(int groupCount)
    {
        if (_states.Length < groupCount)
            _states.Resize(groupCount);
        return ref MemoryMarshal.GetReference(_states.Span);
    }

    protected override void Dispose(bool disposing) => _states.Dispose();
}
