using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Sums integers in 128 bits, so that only the sum itself has to fit and not every step to it.</summary>
internal sealed class IntegerSumAccumulator<T>(MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly OutputBuffer<Int128> _sums = new(allocator, 0);
    private readonly OutputBuffer<byte> _seen = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_sums, groupCount);
        Grow(_seen, groupCount);
        return T.IsNegative(T.MinValue)
            ? Finish<long>(Int64Type.Default, groupCount, allocator)
            : Finish<ulong>(UInt64Type.Default, groupCount, allocator);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ArrayData data = Required(values);
        Grow(_sums, groupCount);
        Grow(_seen, groupCount);
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Bits validity = Bits.Validity(data);
        bool allSet = validity.AllSet;
        Span<Int128> sums = _sums.Span;
        Span<byte> seen = _seen.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            if (allSet || validity[i])
            {
                sums[groupIds[i]] += Int128.CreateTruncating(source[i]);
                seen[groupIds[i]] = 1;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _sums.Dispose();
        _seen.Dispose();
    }

    private IArrowArray Finish<TSum>(IArrowType type, int groupCount, MemoryAllocator allocator)
        where TSum : unmanaged, IBinaryInteger<TSum>, IMinMaxValue<TSum>
    {
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using var target = new OutputBuffer<TSum>(allocator, groupCount);
        Span<ulong> valid = validity.Span;
        Span<TSum> result = target.Span;
        ReadOnlySpan<Int128> sums = _sums.Span;
        ReadOnlySpan<byte> seen = _seen.Span;
        for (int g = 0; g < groupCount; g++)
        {
            valid[g >> 6] |= (ulong)seen[g] << (g & 63);
            TSum sum = TSum.CreateTruncating(sums[g]);
            if (Int128.CreateTruncating(sum) != sums[g])
            {
                throw new OverflowException($"Sum of group {g} is {sums[g]}, which does not fit {type.Name}; cast to double first.");
            }

            result[g] = sum;
        }

        return Assemble.Fixed(type, groupCount, validity, target);
    }
}
