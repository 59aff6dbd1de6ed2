using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Boolean keys, one byte each: 0, 1, or 2 for null.</summary>
internal sealed class BitKeyStore(MemoryAllocator allocator) : KeyStore
{
    private const byte NullKey = 2;

    private readonly OutputBuffer<byte> _keys = new(allocator, 0);

    public override bool HashIsKey => true;

    public override void Append(ArrayData data, ReadOnlySpan<int> rows)
    {
        int at = _keys.Length;
        _keys.Resize(at + rows.Length);
        Span<byte> keys = _keys.Span;
        Bits values = Bits.Values(data);
        Bits validity = Bits.Validity(data);
        foreach (int row in rows)
        {
            keys[at++] = Key(values, validity, row);
        }
    }

    public override int Keep(ArrayData data, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses, ref int missCount)
    {
        ReadOnlySpan<byte> keys = _keys.Span;
        Bits values = Bits.Values(data);
        Bits validity = Bits.Validity(data);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i];
            if (keys[groupIds[row]] == Key(values, validity, row))
            {
                rows[kept++] = row;
            }
            else
            {
                misses[missCount++] = row;
            }
        }

        return kept;
    }

    public override bool EqualsRow(ArrayData data, int row, int id) =>
        _keys.Span[id] == Key(Bits.Values(data), Bits.Validity(data), row);

    public override IArrowArray Build(int count, MemoryAllocator target)
    {
        using OutputBuffer<ulong> validity = Validity.Empty(count, target);
        using OutputBuffer<ulong> values = Validity.Empty(count, target);
        Span<ulong> valid = validity.Span;
        Span<ulong> bits = values.Span;
        ReadOnlySpan<byte> keys = _keys.Span;
        for (int i = 0; i < count; i++)
        {
            valid[i >> 6] |= (keys[i] != NullKey ? 1UL : 0) << (i & 63);
            bits[i >> 6] |= (keys[i] == 1 ? 1UL : 0) << (i & 63);
        }

        return Assemble.Boolean(count, validity, values);
    }

    public override void Dispose() => _keys.Dispose();

    private static byte Key(Bits values, Bits validity, int row) => !validity[row] ? NullKey : values[row] ? (byte)1 : (byte)0;
}
