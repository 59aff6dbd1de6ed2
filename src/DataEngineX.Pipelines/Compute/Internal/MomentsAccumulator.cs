using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Sample variance and standard deviation.</summary>
internal sealed class MomentsAccumulator<T>(bool root, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>
{
    private readonly OutputBuffer<Moments> _states = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_states, groupCount);
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using var target = new OutputBuffer<double>(allocator, groupCount);
        Span<ulong> valid = validity.Span;
        Span<double> result = target.Span;
        ReadOnlySpan<Moments> states = _states.Span;
        for (int g = 0; g < groupCount; g++)
        {
            bool enough = states[g].Count > 1;
            valid[g >> 6] |= (enough ? 1UL : 0) << (g & 63);
            double variance = enough ? states[g].Variance : 0;
            result[g] = root ? Math.Sqrt(variance) : variance;
        }

        return Assemble.Fixed(DoubleType.Default, groupCount, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ArrayData data = Required(values);
        Grow(_states, groupCount);
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Bits validity = Bits.Validity(data);
        bool allSet = validity.AllSet;
        Span<Moments> states = _states.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            if (allSet || validity[i])
            {
                states[groupIds[i]].Add(double.CreateTruncating(source[i]));
            }
        }
    }

    protected override void Dispose(bool disposing) => _states.Dispose();
}
