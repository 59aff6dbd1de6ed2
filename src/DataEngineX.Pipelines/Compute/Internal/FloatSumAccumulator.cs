using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Sums in double precision, for sums of floats and means of any number.</summary>
internal sealed class FloatSumAccumulator<T>(bool mean, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>
{
    private readonly OutputBuffer<State> _states = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_states, groupCount);
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using var target = new OutputBuffer<double>(allocator, groupCount);
        Span<ulong> valid = validity.Span;
        Span<double> result = target.Span;
        ReadOnlySpan<State> states = _states.Span;
        for (int g = 0; g < groupCount; g++)
        {
            State state = states[g];
            valid[g >> 6] |= (state.Count > 0 ? 1UL : 0) << (g & 63);
            result[g] = mean ? state.Sum / Math.Max(1, state.Count) : state.Sum;
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
        Span<State> states = _states.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            if (allSet || validity[i])
            {
                ref State state = ref states[groupIds[i]];
                state.Sum += double.CreateTruncating(source[i]);
                state.Count++;
            }
        }
    }

    protected override void Dispose(bool disposing) => _states.Dispose();

    private struct State
    {
        public double Sum;
        public long Count;
    }
}
