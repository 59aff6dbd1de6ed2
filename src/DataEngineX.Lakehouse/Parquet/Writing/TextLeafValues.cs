using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Texts and byte strings.</summary>
/// <param name="width">The length of all values, or -1.</param>
/// <param name="isText">Whether they are UTF-8.</param>
internal sealed class TextLeafValues(int width, bool isText) : LeafValues
{
    private readonly PooledBytes _bytes = new();
    private readonly PooledBytes _ends = new();
    private readonly PooledBytes _indices = new();
    private readonly DistinctTexts _distinct = new();
    private TextBounds _group = new();
    private readonly TextBounds _file = new();
    private int _count;
    private int _length;
    private bool _hasDictionary;

    internal override int Count => _count;

    internal override long ByteCount => _length + ((long)_count * sizeof(int));

    internal override int DictionaryCount => _hasDictionary ? _distinct.Count : 0;

    private Span<int> Indices => MemoryMarshal.Cast<byte, int>(_indices.Array.AsSpan())[.._count];

    // Offsets are one more than there are values; the first is zero.
    private Span<int> Offsets => MemoryMarshal.Cast<byte, int>(_ends.Array.AsSpan())[..(_count + 1)];

    internal override void Begin()
    {
        _count = 0;
        _length = 0;
        MemoryMarshal.Cast<byte, int>(_ends.Take(sizeof(int)).AsSpan())[0] = 0;
        _group = new TextBounds();
        _hasDictionary = false;
    }

    internal override void AddAll(Apache.Arrow.Array array)
    {
        if (array is not BinaryArray texts)
        {
            AddEach(array, default, all: true);
            return;
        }

        var offsets = texts.ValueOffsets;
        if (texts.Length == 0)
            return;
        var bytes = texts.ValueBuffer.Span[offsets[0]..offsets[^1]];
        var target = Room(texts.Length, bytes.Length);
        bytes.CopyTo(target);
        var shift = _length - offsets[0];
        var ends = Ends(texts.Length);
        for (var i = 0; i < ends.Length; i++)
            ends[i] = offsets[i + 1] + shift;
        _count += texts.Length;
        _length += bytes.Length;
    }

    internal override void AddAt(Apache.Arrow.Array array, ReadOnlySpan<int> places) => AddEach(array, places, all: false);

    internal override void MakeDictionary()
    {
        _indices.Take(checked(_count * sizeof(int)));
        _hasDictionary = _count > 0 && _distinct.TryIndex(_bytes.Array, Offsets, Indices);
    }

    internal override void WriteDictionary(ByteSink sink) => Write(sink, _distinct.Bytes, _distinct.Offsets);

    internal override void WriteValues(ByteSink sink, int first, int count)
    {
        if (!_hasDictionary)
        {
            Write(sink, _bytes.Array, Offsets.Slice(first, count + 1));
            return;
        }

        // Some readers look for a run even where indices need no bits, so they get one.
        var bits = Math.Max(1, HybridEncoder.BitsOf(_distinct.Count - 1));
        sink.WriteByte((byte)bits);
        HybridEncoder.Write(sink, Indices.Slice(first, count), bits);
    }

    internal override StoredRange? BoundsOf(int first, int count)
    {
        var bounds = new TextBounds();
        if (_hasDictionary && _distinct.Count <= count)
        {
            // Few distinct texts: only those that the page has are looked at.
            _distinct.Mark(Indices.Slice(first, count));
            for (var i = 0; i < _distinct.Count; i++)
            {
                if (_distinct.IsMarked(i))
                    bounds.Add(_distinct[i]);
            }
        }
        else
        {
            bounds.Add(_bytes.Array, Offsets.Slice(first, count + 1));
        }

        _group.Add(bounds);
        _file.Add(bounds);
        return bounds.ToRange(isText);
    }

    internal override StoredRange? GroupBounds() => _group.ToRange(isText);

    internal override (object? Min, object? Max) FileBounds() => isText ? _file.ToTexts() : (null, null);

    public override void Dispose()
    {
        _bytes.Dispose();
        _ends.Dispose();
        _indices.Dispose();
        _distinct.Dispose();
    }

    private void AddEach(Apache.Arrow.Array array, ReadOnlySpan<int> places, bool all)
    {
        var count = all ? array.Length : places.Length;
        for (var i = 0; i < count; i++)
        {
            var text = BytesOf(array, all ? i : places[i]);
            text.CopyTo(Room(1, text.Length));
            _length += text.Length;
            Ends(1)[0] = _length;
            _count++;
        }
    }

    private static ReadOnlySpan<byte> BytesOf(Apache.Arrow.Array array, int place) => array switch
    {
        BinaryArray texts => texts.GetBytes(place),
        FixedSizeBinaryArray fixedSize => fixedSize.GetBytes(place),
        DictionaryArray dictionary => BytesOf((Apache.Arrow.Array)dictionary.Dictionary, DictionaryIndex(dictionary, place)),
        _ => throw new NotSupportedException(array.Data.DataType.Name),
    };

    private static int DictionaryIndex(DictionaryArray array, int place) => array.Indices switch
    {
        Int32Array indices => indices.Values[place],
        Int8Array indices => indices.Values[place],
        Int16Array indices => indices.Values[place],
        UInt8Array indices => indices.Values[place],
        UInt16Array indices => indices.Values[place],
        UInt32Array indices => checked((int)indices.Values[place]),
        Int64Array indices => checked((int)indices.Values[place]),
        _ => throw new NotSupportedException(array.Indices.Data.DataType.Name),
    };

    private Span<byte> Room(int more, int bytes)
    {
        _ends.Grow((_count + 1) * sizeof(int), checked((_count + more + 1) * sizeof(int)));
        return _bytes.Grow(_length, checked(_length + bytes)).AsSpan(_length);
    }

    private Span<int> Ends(int more) => MemoryMarshal.Cast<byte, int>(_ends.Array.AsSpan()).Slice(_count + 1, more);

    private void Write(ByteSink sink, byte[] bytes, ReadOnlySpan<int> offsets)
    {
        if (width >= 0)
        {
            sink.Write(bytes.AsSpan(offsets[0], offsets[^1] - offsets[0]));
            return;
        }

        var total = offsets[^1] - offsets[0] + ((offsets.Length - 1) * sizeof(int));
        ref var target = ref MemoryMarshal.GetReference(sink.Room(total));
        ref var source = ref MemoryMarshal.GetArrayDataReference(bytes);
        nint at = 0;
        for (var i = 1; i < offsets.Length; i++)
        {
            var length = offsets[i] - offsets[i - 1];
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, at), length);
            TextTarget.CopyShort(
                ref Unsafe.Add(ref source, offsets[i - 1]),
                ref Unsafe.Add(ref target, at + sizeof(int)), length);
            at += sizeof(int) + length;
        }

        sink.Advance(total);
    }
}
