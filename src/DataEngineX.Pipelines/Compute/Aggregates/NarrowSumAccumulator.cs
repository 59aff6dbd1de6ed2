using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Sums integers of up to 32 bits in 64, which four billion of them cannot leave.</summary>
internal sealed class NarrowSumAccumulator<T>(MemoryAllocator allocator) : StateAccumulator<NarrowSum>(allocator)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<long>(allocator, count);
        var valid = validity.Span;
        var result = target.Span;
        var states = States.Slice(start, count);
        for (var g = 0; g < count; g++)
        {
            valid[g >> 6] |= (states[g].Count > 0 ? 1UL : 0) << (g & 63);
            result[g] = states[g].Sum;
        }

        return Assemble.Fixed(IntegerSums.TypeOf<T>(), count, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        ref var states = ref Grow(groupCount);
        var source = Columns.Values<T>(data);
        var validity = Bits.Validity(data);
        if (validity.AllSet)
        {
            for (var i = 0; i < source.Length && i < groupIds.Length; i++)
            {
                ref var state = ref Unsafe.Add(ref states, groupIds[i]);
                state.Sum += long.CreateTruncating(source[i]);
                state.Count++;
            }

            return;
        }

        for (var i = 0; i < source.Length; i++)
        {
            if (!validity[i])
                continue;
            ref var state = ref Unsafe.Add(ref states, groupIds[i]);
            state.Sum += long.CreateTruncating(source[i]);
            state.Count++;
        }
    }
}

/// <summary>Sum and number of values.</summary>
internal struct NarrowSum : IMergeable<NarrowSum>
{
    public long Sum;
    public long Count;

    public void Merge(in NarrowSum other)
    {
        Sum += other.Sum;
        Count += other.Count;
    }
}
