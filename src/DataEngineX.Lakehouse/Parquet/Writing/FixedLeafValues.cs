using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Values of a fixed width.</summary>
internal sealed class FixedLeafValues<T>(FixedForm<T> form) : LeafValues
    where T : unmanaged, INumber<T>, IComparable<T>
{
    private readonly PooledBytes _values = new();
    private readonly PooledBytes _indices = new();
    private readonly DistinctValues<T> _distinct = new();
    private ValueBounds<T> _group;
    private ValueBounds<T> _file;
    private int _count;
    private bool _hasDictionary;

    internal override int Count => _count;

    internal override long ByteCount => (long)_count * form.Width;

    internal override int DictionaryCount => _hasDictionary ? _distinct.Count : 0;

    private Span<T> Values => MemoryMarshal.Cast<byte, T>(_values.Array.AsSpan())[.._count];

    private Span<int> Indices => MemoryMarshal.Cast<byte, int>(_indices.Array.AsSpan())[.._count];

    internal override void Begin()
    {
        _count = 0;
        _group = default;
        _hasDictionary = false;
    }

    internal override void AddAll(Apache.Arrow.Array array) => form.Collect(array, default, true, Room(array.Length));

    internal override void AddAt(Apache.Arrow.Array array, ReadOnlySpan<int> places) => form.Collect(array, places, false, Room(places.Length));

    internal override void MakeDictionary()
    {
        _indices.Take(checked(_count * sizeof(int)));
        _hasDictionary = _count > 0 && _distinct.TryIndex(Values, Indices);
    }

    internal override void WriteDictionary(ByteSink sink) => Write(sink, _distinct.Values);

    internal override void WriteValues(ByteSink sink, int first, int count)
    {
        if (!_hasDictionary)
        {
            Write(sink, Values.Slice(first, count));
            return;
        }

        // Some readers look for a run even where indices need no bits, so they get one.
        var bits = Math.Max(1, HybridEncoder.BitsOf(_distinct.Count - 1));
        sink.WriteByte((byte)bits);
        HybridEncoder.Write(sink, Indices.Slice(first, count), bits);
    }

    internal override StoredRange? BoundsOf(int first, int count)
    {
        var bounds = Measure(Values.Slice(first, count));
        _group.Add(bounds);
        _file.Add(bounds);
        return RangeOf(bounds);
    }

    internal override StoredRange? GroupBounds() => RangeOf(_group);

    internal override (object? Min, object? Max) FileBounds()
    {
        if (_file.IsUnordered || !_file.Any || form.ToBound(_file.Min) is not { } min || form.ToBound(_file.Max) is not { } max)
            return (null, null);
        return (min, max);
    }

    public override void Dispose()
    {
        _values.Dispose();
        _indices.Dispose();
        _distinct.Dispose();
    }

    private Span<T> Room(int more)
    {
        var size = Unsafe.SizeOf<T>();
        var bytes = _values.Grow(_count * size, checked((_count + more) * size));
        var room = MemoryMarshal.Cast<byte, T>(bytes.AsSpan()).Slice(_count, more);
        _count += more;
        return room;
    }

    private static ValueBounds<T> Measure(ReadOnlySpan<T> values)
    {
        var bounds = default(ValueBounds<T>);
        if (values.IsEmpty)
            return bounds;
        if (typeof(T) == typeof(Int128))
        {
            foreach (var value in values)
                bounds.Add(value, value);
            return bounds;
        }

        // Both give NaN when there is one.
        var min = TensorPrimitives.Min(values);
        var max = TensorPrimitives.Max(values);
        if (T.IsNaN(min) || T.IsNaN(max))
            bounds.AddUnordered();
        else
            bounds.Add(min, max);
        return bounds;
    }

    private StoredRange? RangeOf(ValueBounds<T> bounds)
    {
        if (bounds.IsUnordered || !bounds.Any)
            return null;
        // Zero is bounded by that of either sign; for whole numbers they are the same.
        var min = new byte[form.Width];
        var max = new byte[form.Width];
        form.ToBytes(T.IsZero(bounds.Min) ? -T.Zero : bounds.Min, min);
        form.ToBytes(T.IsZero(bounds.Max) ? T.Zero : bounds.Max, max);
        return new StoredRange(min, max, true, true);
    }

    private void Write(ByteSink sink, ReadOnlySpan<T> values)
    {
        if (form.IsRaw)
        {
            sink.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var one = new byte[form.Width];
        foreach (var value in values)
        {
            form.ToBytes(value, one);
            sink.Write(one);
        }
    }
}
