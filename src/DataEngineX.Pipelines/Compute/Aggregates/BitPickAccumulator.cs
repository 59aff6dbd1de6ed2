using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Least or greatest boolean, which are whether all are true and whether any is.</summary>
internal sealed class BitPickAccumulator(bool greatest, MemoryAllocator allocator) : StateAccumulator<BitPickAccumulator.State>(allocator)
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var values = Validity.Empty(count, allocator);
        var valid = validity.Span;
        var bits = values.Span;
        var states = States.Slice(start, count);
        for (var g = 0; g < count; g++)
        {
            var seen = states[g].Seen;
            var value = greatest ? (seen & State.True) != 0 : seen == State.True;
            valid[g >> 6] |= (seen != 0 ? 1UL : 0) << (g & 63);
            bits[g >> 6] |= (value ? 1UL : 0) << (g & 63);
        }

        return Assemble.Boolean(count, validity, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        ref var states = ref Grow(groupCount);
        var source = Bits.Values(data);
        var validity = Bits.Validity(data);
        for (var i = 0; i < groupIds.Length; i++)
        {
            if (validity[i])
                Unsafe.Add(ref states, groupIds[i]).Seen |= source[i] ? State.True : State.False;
        }
    }

    /// <summary>Which of the two values were seen.</summary>
    internal struct State : IMergeable<State>
    {
        public const byte False = 1;
        public const byte True = 2;

        public byte Seen;

        public void Merge(in State other) => Seen |= other.Seen;
    }
}
