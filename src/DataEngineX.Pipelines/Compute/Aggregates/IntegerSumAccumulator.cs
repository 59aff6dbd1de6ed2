using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Sums wide integers and decimals in 128 bits, so that only the sum itself has to fit and not every step to it.</summary>
internal sealed class IntegerSumAccumulator<T>(IArrowType output, MemoryAllocator allocator) : StateAccumulator<WideSum>(allocator)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        var states = States.Slice(start, count);
        return output.TypeId switch
        {
            ArrowTypeId.Int64 => IntegerSums.Build<long>(output, states, start, allocator),
            ArrowTypeId.UInt64 => IntegerSums.Build<ulong>(output, states, start, allocator),
            _ => IntegerSums.Build<Int128>(output, states, start, allocator),
        };
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
                Unsafe.Add(ref states, groupIds[i]).Add(Int128.CreateTruncating(source[i]), 1);
        }
    }
}

/// <summary>Sum and number of values; the sign of the number tells whether the sum left 128 bits.</summary>
internal struct WideSum : IMergeable<WideSum>
{
    private ulong _low;
    private ulong _high;
    private long _count;

    public readonly Int128 Sum => new(_high, _low);

    public readonly long Count => Math.Abs(_count);

    public readonly bool HasOverflowed => _count < 0;

    public void Add(Int128 value, long count)
    {
        var before = Sum;
        var sum = before + value;
        _low = (ulong)sum;
        _high = (ulong)(sum >>> 64);
        var overflows = Int128.IsNegative(before) == Int128.IsNegative(value) && Int128.IsNegative(sum) != Int128.IsNegative(before);
        _count = overflows || _count < 0 ? -(Count + count) : _count + count;
    }

    public void Merge(in WideSum other)
    {
        Add(other.Sum, other.Count);
        if (other.HasOverflowed)
            _count = -Count;
    }
}
