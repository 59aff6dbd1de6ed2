using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Variance and standard deviation.</summary>
/// <param name="kind">Which of the four.</param>
/// <param name="scale">What a value is divided by: the power of ten of a decimal.</param>
/// <param name="allocator">Where the state is allocated.</param>
internal sealed class MomentsAccumulator<T>(AggregateKind kind, double scale, MemoryAllocator allocator) : StateAccumulator<Moments>(allocator)
    where T : unmanaged, INumber<T>
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<double>(allocator, count);
        var valid = validity.Span;
        var result = target.Span;
        var states = States.Slice(start, count);
        var isSample = kind is AggregateKind.Variance or AggregateKind.StandardDeviation;
        var isRoot = kind is AggregateKind.StandardDeviation or AggregateKind.StandardDeviationPopulation;
        for (var g = 0; g < count; g++)
        {
            var divisor = states[g].Count - (isSample ? 1 : 0);
            valid[g >> 6] |= (divisor > 0 ? 1UL : 0) << (g & 63);
            var variance = divisor > 0 ? states[g].Squares / divisor : 0;
            result[g] = isRoot ? Math.Sqrt(variance) : variance;
        }

        return Assemble.Fixed(DoubleType.Default, count, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        ref var states = ref Grow(groupCount);
        var source = Columns.Values<T>(data);
        var validity = Bits.Validity(data);
        var allSet = validity.AllSet;
        for (var i = 0; i < source.Length; i++)
        {
            if (allSet || validity[i])
                Unsafe.Add(ref states, groupIds[i]).Add(double.CreateTruncating(source[i]) / scale);
        }
    }
}
