using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Keys of a fixed width.</summary>
internal sealed class FixedKeyStore<T>(IArrowType type, MemoryAllocator allocator) : KeyStore
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly OutputBuffer<T> _values = new(allocator, 0);
    private readonly OutputBuffer<ulong> _validity = new(allocator, 0);

    public override bool HashIsKey => Unsafe.SizeOf<T>() <= sizeof(ulong);

    public override void Append(ArrayData data, ReadOnlySpan<int> rows)
    {
        int at = _values.Length;
        _values.Resize(at + rows.Length);
        _validity.Resize(Bits.WordsFor(at + rows.Length));
        Span<T> values = _values.Span;
        Span<ulong> valid = _validity.Span;
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Bits sourceValid = Bits.Validity(data);
        bool allSet = sourceValid.AllSet;
        foreach (int row in rows)
        {
            if (allSet || sourceValid[row])
            {
                values[at] = source[row];
                Validity.Set(valid, at);
            }

            at++;
        }
    }

    public override int Keep(ArrayData data, Span<int> rows, int count, ReadOnlySpan<int> groupIds, Span<int> misses, ref int missCount)
    {
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Bits sourceValid = Bits.Validity(data);
        ReadOnlySpan<T> values = _values.Span;
        Bits valid = Bits.Of(_validity.Span, values.Length);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i];
            int id = groupIds[row];
            bool has = sourceValid[row];
            if (has == valid[id] && (!has || Same(source[row], values[id])))
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
        bool has = Bits.Validity(data)[row];
        return has == Bits.Of(_validity.Span, _values.Length)[id] && (!has || Same(Columns.Values<T>(data)[row], _values.Span[id]));
    }

    public override IArrowArray Build(int count, MemoryAllocator target)
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Of(_validity.Span, count), target);
        using var values = new OutputBuffer<T>(target, count);
        _values.Span[..count].CopyTo(values.Span);
        return Assemble.Fixed(type, count, validity, values);
    }

    public override void Dispose()
    {
        _values.Dispose();
        _validity.Dispose();
    }

    private static bool Same(T left, T right) =>
        typeof(T) == typeof(Int128) ? left == right : Hashing.Canonical(left) == Hashing.Canonical(right);
}
