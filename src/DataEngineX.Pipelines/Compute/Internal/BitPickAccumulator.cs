using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Least, greatest, first or last boolean; a group holds 0 for none, 1 for false, 2 for true.</summary>
internal sealed class BitPickAccumulator<TOp>(MemoryAllocator allocator) : GroupedAccumulator(allocator)
    where TOp : struct, IPickOp
{
    private readonly OutputBuffer<byte> _states = new(allocator, 0);

    public override IArrowArray Finish(int groupCount, MemoryAllocator allocator)
    {
        Grow(_states, groupCount);
        using OutputBuffer<ulong> validity = Validity.Empty(groupCount, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(groupCount, allocator);
        Span<ulong> valid = validity.Span;
        Span<ulong> bits = values.Span;
        ReadOnlySpan<byte> states = _states.Span;
        for (int g = 0; g < groupCount; g++)
        {
            valid[g >> 6] |= (states[g] != 0 ? 1UL : 0) << (g & 63);
            bits[g >> 6] |= (states[g] == 2 ? 1UL : 0) << (g & 63);
        }

        return Assemble.Boolean(groupCount, validity, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        ArrayData data = Required(values);
        Grow(_states, groupCount);
        Bits source = Bits.Values(data);
        Bits validity = Bits.Validity(data);
        Span<byte> states = _states.Span;
        for (int i = 0; i < groupIds.Length; i++)
        {
            if (validity[i])
            {
                ref byte state = ref states[groupIds[i]];
                byte value = source[i] ? (byte)2 : (byte)1;
                state = state == 0 || TOp.Replaces(state, value) ? value : state;
            }
        }
    }

    protected override void Dispose(bool disposing) => _states.Dispose();
}
