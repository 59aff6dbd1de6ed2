using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Keys of utf8 or binary, one after another.</summary>
internal sealed class BytesKeyStore : KeyStore
{
    private readonly IArrowType _type;
    private readonly OutputBuffer<int> _offsets;
    private readonly OutputBuffer<byte> _bytes;
    private readonly OutputBuffer<ulong> _validity;

    public BytesKeyStore(IArrowType type, MemoryAllocator allocator)
    {
        _type = type;
        _offsets = new OutputBuffer<int>(allocator, 1, clear: true);
        _bytes = new OutputBuffer<byte>(allocator, 0);
        _validity = new OutputBuffer<ulong>(allocator, 0);
    }

    private int Count => _offsets.Length - 1;

    public override void Append(ArrayData data, ReadOnlySpan<int> rows)
    {
        var source = new BytesColumn(data);
        int at = Count;
        _offsets.Resize(_offsets.Length + rows.Length);
        _validity.Resize(Bits.WordsFor(Count));
        Span<int> offsets = _offsets.Span;
        Span<ulong> valid = _validity.Span;
        int first = at;
        foreach (int row in rows)
        {
            int length = 0;
            if (source.Validity[row])
            {
                length = source[row].Length;
                Validity.Set(valid, at);
            }

            offsets[at + 1] = checked(offsets[at] + length);
            at++;
        }

        _bytes.Resize(offsets[at]);
        Span<byte> bytes = _bytes.Span;
        foreach (int row in rows)
        {
            if (offsets[first + 1] != offsets[first])
            {
                source[row].CopyTo(bytes[offsets[first]..]);
            }

            first++;
        }
    }

    public override int Keep(ArrayData data, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses, ref int missCount)
    {
        var source = new BytesColumn(data);
        ReadOnlySpan<int> offsets = _offsets.Span;
        ReadOnlySpan<byte> bytes = _bytes.Span;
        Bits valid = Bits.Of(_validity.Span, Count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i];
            int id = groupIds[row];
            bool has = source.Validity[row];
            if (has == valid[id] && (!has || source[row].SequenceEqual(bytes[offsets[id]..offsets[id + 1]])))
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

    public override bool EqualsRow(ArrayData data, int row, int id)
    {
        var source = new BytesColumn(data);
        bool has = source.Validity[row];
        return has == Bits.Of(_validity.Span, Count)[id]
            && (!has || source[row].SequenceEqual(_bytes.Span[_offsets.Span[id].._offsets.Span[id + 1]]));
    }

    public override IArrowArray Build(int count, MemoryAllocator target)
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Of(_validity.Span, count), target);
        using var offsets = new OutputBuffer<int>(target, count + 1);
        _offsets.Span[..(count + 1)].CopyTo(offsets.Span);
        using var bytes = new OutputBuffer<byte>(target, offsets.Span[count]);
        _bytes.Span[..bytes.Length].CopyTo(bytes.Span);
        return Assemble.Variable(_type, count, validity, offsets, bytes);
    }

    public override void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
        _validity.Dispose();
    }
}
