using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Truth values, a bit each.</summary>
internal sealed class BoolLeafValues : LeafValues
{
    private readonly PooledBytes _bits = new();
    private ValueBounds<byte> _group;
    private int _count;

    internal override int Count => _count;

    internal override long ByteCount => _count / 8;

    internal override int DictionaryCount => 0;

    internal override void Begin()
    {
        _count = 0;
        _group = default;
    }

    internal override void AddAll(Apache.Arrow.Array array)
    {
        var from = array.Data.Buffers[1].Span;
        var bits = Room(array.Length);
        for (var i = 0; i < array.Length; i++)
            Bitmaps.Put(bits, _count + i, Bitmaps.Get(from, array.Data.Offset + i));
        _count += array.Length;
    }

    internal override void AddAt(Apache.Arrow.Array array, ReadOnlySpan<int> places)
    {
        var from = array.Data.Buffers[1].Span;
        var bits = Room(places.Length);
        for (var i = 0; i < places.Length; i++)
            Bitmaps.Put(bits, _count + i, Bitmaps.Get(from, array.Data.Offset + places[i]));
        _count += places.Length;
    }

    internal override void MakeDictionary()
    {
    }

    internal override void WriteDictionary(ByteSink sink)
    {
    }

    internal override void WriteValues(ByteSink sink, int first, int count)
    {
        var room = sink.Room((count + 7) / 8)[..((count + 7) / 8)];
        room.Clear();
        Bitmaps.Copy(_bits.Array, first, room, 0, count);
        sink.Advance(room.Length);
    }

    internal override StoredRange? BoundsOf(int first, int count)
    {
        var bounds = default(ValueBounds<byte>);
        if (count > 0)
        {
            var set = Bitmaps.Count(_bits.Array.AsSpan(), first, count);
            bounds.Add((byte)(set == count ? 1 : 0), (byte)(set > 0 ? 1 : 0));
        }

        _group.Add(bounds);
        return RangeOf(bounds);
    }

    internal override StoredRange? GroupBounds() => RangeOf(_group);

    internal override (object? Min, object? Max) FileBounds() => (null, null);

    public override void Dispose() => _bits.Dispose();

    private static StoredRange? RangeOf(ValueBounds<byte> bounds) => bounds.Any ? new StoredRange([bounds.Min], [bounds.Max], true, true) : null;

    private byte[] Room(int more) => _bits.Grow((_count + 7) / 8, (_count + more + 7) / 8);
}
