using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Least or greatest value of a fixed width.</summary>
internal sealed class FixedPickAccumulator<T, TOp>(IArrowType type, MemoryAllocator allocator) : StateAccumulator<Pick<T, TOp>>(allocator)
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<T>(allocator, count);
        var valid = validity.Span;
        var result = target.Span;
        var states = States.Slice(start, count);
        for (var g = 0; g < count; g++)
        {
            valid[g >> 6] |= (ulong)states[g].Seen << (g & 63);
            result[g] = states[g].Value;
        }

        return Assemble.Fixed(type, count, validity, target);
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
                Unsafe.Add(ref states, groupIds[i]).Add(source[i]);
        }
    }
}

/// <summary>The value picked, if there is one.</summary>
internal struct Pick<T, TOp> : IMergeable<Pick<T, TOp>>
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    public T Value;
    public byte Seen;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        if (Seen != 0 && !TOp.Replaces(Value, value))
            return;
        Value = value;
        Seen = 1;
    }

    public void Merge(in Pick<T, TOp> other)
    {
        if (other.Seen != 0)
            Add(other.Value);
    }
}
