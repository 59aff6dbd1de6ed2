using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Least, greatest, first or last value of a fixed width.</summary>
internal sealed class FixedPickAccumulator<T, TOp>(IArrowType type, MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    private readonly OutputBuffer<T> _values = new(allocator, 0);
    private readonly OutputBuffer<byte> _seen = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_values, groupCount);
        Grow(_seen, groupCount);
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using var target = new OutputBuffer<T>(allocator, groupCount);
        _values.Span[..groupCount].CopyTo(target.Span);
        Span<ulong> valid = validity.Span;
        ReadOnlySpan<byte> seen = _seen.Span;
        for (int g = 0; g < groupCount; g++)
        {
            valid[g >> 6] |= (ulong)seen[g] << (g & 63);
        }

        return Assemble.Fixed(type, groupCount, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ArrayData data = Required(values);
        Grow(_values, groupCount);
        Grow(_seen, groupCount);
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Bits validity = Bits.Validity(data);
        bool allSet = validity.AllSet;
        Span<T> state = _values.Span;
        Span<byte> seen = _seen.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            int group = groupIds[i];
            if ((allSet || validity[i]) && (seen[group] == 0 || TOp.Replaces(state[group], source[i])))
            {
                state[group] = source[i];
                seen[group] = 1;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        _seen.Dispose();
    }
}
