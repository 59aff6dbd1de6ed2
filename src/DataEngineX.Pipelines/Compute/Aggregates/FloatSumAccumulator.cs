using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Sums in double precision, for sums of floats and means of any number.</summary>
/// <param name="mean">Divide by the number of values.</param>
/// <param name="scale">What a value is divided by at the end: the power of ten of a decimal.</param>
/// <param name="allocator">Where the state is allocated.</param>
internal sealed class FloatSumAccumulator<T>(bool mean, double scale, MemoryAllocator allocator) : StateAccumulator<FloatSum>(allocator)
    where T : unmanaged, INumber<T>
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<double>(allocator, count);
        var valid = validity.Span;
        var result = target.Span;
        var states = States.Slice(start, count);
        for (var g = 0; g < count; g++)
        {
            var state = states[g];
            valid[g >> 6] |= (state.Count > 0 ? 1UL : 0) << (g & 63);
            result[g] = (mean ? state.Sum / Math.Max(1, state.Count) : state.Sum) / scale;
        }

        return Assemble.Fixed(DoubleType.Default, count, validity, target);
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
                state.Sum += double.CreateTruncating(source[i]);
                state.Count++;
            }

            return;
        }

        for (var i = 0; i < source.Length; i++)
        {
            if (!validity[i])
                continue;
            ref var state = ref Unsafe.Add(ref states, groupIds[i]);
            state.Sum += double.CreateTruncating(source[i]);
            state.Count++;
        }
    }
}

/// <summary>Sum and number of values.</summary>
internal struct FloatSum : IMergeable<FloatSum>
{
    public double Sum;
    public long Count;

    public void Merge(in FloatSum other)
    {
        Sum += other.Sum;
        Count += other.Count;
    }
}
