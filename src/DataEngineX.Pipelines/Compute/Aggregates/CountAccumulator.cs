using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Counts rows, or values.</summary>
internal sealed class CountAccumulator(MemoryAllocator allocator, bool nulls) : StateAccumulator<CountAccumulator.State>(allocator)
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<long>(allocator, count);
        var target = values.Span;
        var states = States.Slice(start, count);
        for (var i = 0; i < count; i++)
            target[i] = states[i].Count;
        return Assemble.Fixed(Int64Type.Default, count, null, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ref var states = ref Grow(groupCount);
        var validity = nulls ? Bits.Ones(groupIds.Length) : Bits.Validity(Required(values));
        if (validity.AllSet)
        {
            foreach (var group in groupIds)
                Unsafe.Add(ref states, group).Count++;
            return;
        }

        for (var i = 0; i < groupIds.Length; i++)
            Unsafe.Add(ref states, groupIds[i]).Count += validity[i] ? 1 : 0;
    }

    internal struct State : IMergeable<State>
    {
        public long Count;

        public void Merge(in State other) => Count += other.Count;
    }
}
