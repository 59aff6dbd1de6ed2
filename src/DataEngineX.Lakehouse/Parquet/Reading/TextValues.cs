using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Texts and byte strings, of any or of one fixed length.</summary>
/// <param name="type">The Arrow type: utf8 or binary.</param>
/// <param name="width">The length of all values, or -1.</param>
/// <param name="allocator">Where arrays come from.</param>
internal sealed class TextValues(IArrowType type, int width, MemoryAllocator allocator) : ColumnValues
{
    private const int Chunk = 512;

    private readonly TextTarget _target = new(allocator);
    private readonly TextDictionary _dictionary = new();
    private readonly TextPages _pages = new();
    private DictionaryIndices _indices;
    private PageSection _plain;
    private int _next;
    private Form _form;

    private enum Form
    {
        Indexed,
        Prefixed,
        Offsets,
    }

    internal override void LoadDictionary(PageSection values, int count) => _dictionary.Load(values, count, width);

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most)
    {
        _next = 0;
        switch (encoding)
        {
            case PageEncoding.PlainDictionary or PageEncoding.RleDictionary:
                _form = Form.Indexed;
                _indices.Start(values, _dictionary.Count);
                break;
            case PageEncoding.Plain when width < 0:
                _form = Form.Prefixed;
                _plain = values;
                break;
            case PageEncoding.Plain:
                _form = Form.Offsets;
                _pages.LoadFixed(values, width);
                break;
            case PageEncoding.ByteStreamSplit when width > 0:
                _form = Form.Offsets;
                _pages.LoadStreams(values, width);
                break;
            case PageEncoding.DeltaLengthByteArray or PageEncoding.DeltaByteArray:
                _form = Form.Offsets;
                _pages.LoadDelta(encoding, values, most);
                break;
            default:
                throw new InvalidDataException($"texts in encoding {(int)encoding} are not read");
        }
    }

    internal override void Begin(int slots) => _target.Begin(slots);

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at)
    {
        var ends = _target.Offsets.Slice(at + 1, slots);
        switch (_form)
        {
            case Form.Indexed: AppendIndexed(ends[..valid]); break;
            case Form.Prefixed: AppendPrefixed(ends[..valid]); break;
            default: AppendOffsets(ends[..valid]); break;
        }

        if (valid == slots)
            return;
        Spread.InPlace(ends, valid, bitmap, at);
        var before = _target.Offsets[at];
        for (var i = 0; i < slots; i++)
        {
            if (Bitmaps.Get(bitmap, at + i))
                before = ends[i];
            else
                ends[i] = before;
        }
    }

    /// <summary>Puts all texts of a dictionary into the first slots.</summary>
    internal void AppendDictionary(TextDictionary dictionary)
    {
        if (dictionary.Count == 0)
            return;
        dictionary.Offsets.CopyTo(_target.Offsets);
        dictionary.Bytes.AsSpan(0, dictionary.ByteCount).CopyTo(_target.Reserve(dictionary.ByteCount));
        _target.Length = dictionary.ByteCount;
    }

    internal override void Skip(int valid)
    {
        switch (_form)
        {
            case Form.Indexed:
                _indices.Skip(valid);
                break;
            case Form.Prefixed:
                for (var i = 0; i < valid; i++)
                    TakePrefixed();
                break;
            default:
                TakeOffsets(valid);
                break;
        }
    }

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity)
    {
        var (offsets, bytes) = _target.Build(slots);
        return new ArrayData(type, slots, nulls, 0, [validity, offsets, bytes], null);
    }

    public override void Dispose()
    {
        _target.Dispose();
        _dictionary.Dispose();
        _pages.Dispose();
    }

    private void AppendIndexed(Span<int> ends)
    {
        Span<uint> indices = stackalloc uint[Chunk];
        var offsets = _dictionary.Offsets;
        for (var i = 0; i < ends.Length;)
        {
            var count = Math.Min(Chunk, ends.Length - i);
            _indices.Read(indices[..count]);
            var room = (long)_dictionary.Longest * count;
            if (room > 1 << 16)
                room = SumOf(indices[..count], offsets);
            var bytes = _target.Reserve(room);

            // Indices and room were checked, so nothing in the loop is.
            ref var from = ref MemoryMarshal.GetArrayDataReference(_dictionary.Bytes);
            ref var to = ref MemoryMarshal.GetReference(bytes);
            ref var starts = ref MemoryMarshal.GetReference(offsets);
            var at = _target.Length;
            for (var k = 0; k < count; k++)
            {
                ref var start = ref Unsafe.Add(ref starts, (nint)indices[k]);
                var length = Unsafe.Add(ref start, 1) - start;
                TextTarget.CopyShort(ref Unsafe.Add(ref from, start), ref Unsafe.Add(ref to, at), length);
                at += length;
                ends[i + k] = at;
            }

            _target.Length = at;
            i += count;
        }
    }

    private static long SumOf(ReadOnlySpan<uint> indices, ReadOnlySpan<int> offsets)
    {
        long sum = 0;
        foreach (var index in indices)
            sum += offsets[(int)index + 1] - offsets[(int)index];
        return sum;
    }

    private void AppendPrefixed(Span<int> ends)
    {
        if (ends.IsEmpty)
            return;

        // What is left of the page is more than enough; where few of its values are wanted, their share of it is a good guess.
        var bytes = _target.Reserve(Math.Min(_plain.Length, 64L * ends.Length));
        ref var source = ref MemoryMarshal.GetArrayDataReference(_plain.Bytes);
        var from = _plain.Start;
        var end = _plain.Start + _plain.Length;
        var at = _target.Length;
        for (var i = 0; i < ends.Length; i++)
        {
            if (end - from < sizeof(int))
                Corrupt.Throw("a page has fewer texts than it says");
            var length = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref source, from));
            from += sizeof(int);
            if ((uint)length > (uint)(end - from))
                Corrupt.Throw("a text is longer than its page");
            if (length > bytes.Length - at - PooledBytes.Slack)
            {
                _target.Length = at;
                bytes = _target.Reserve(length);
            }

            TextTarget.CopyShort(ref Unsafe.Add(ref source, from), ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), at), length);
            from += length;
            at += length;
            ends[i] = at;
        }

        _target.Length = at;
        _plain = new PageSection(_plain.Bytes, from, end - from);
    }

    private void TakePrefixed()
    {
        var length = _plain.Length < sizeof(int) ? -1 : MemoryMarshal.Read<int>(_plain.Span);
        if ((uint)length > (uint)(_plain.Length - sizeof(int)))
            Corrupt.Throw("a text is longer than its page");
        var taken = sizeof(int) + length;
        _plain = new PageSection(_plain.Bytes, _plain.Start + taken, _plain.Length - taken);
    }

    private void AppendOffsets(Span<int> ends)
    {
        var first = TakeOffsets(ends.Length);
        var offsets = _pages.Offsets.Slice(first, ends.Length + 1);
        var bytes = _pages.Bytes[offsets[0]..offsets[^1]];
        bytes.CopyTo(_target.Reserve(bytes.Length)[_target.Length..]);
        var shift = _target.Length - offsets[0];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = offsets[i + 1] + shift;
        _target.Length += bytes.Length;
    }

    private int TakeOffsets(int count)
    {
        if (count > _pages.Count - _next)
            Corrupt.Throw("a page has fewer texts than it says");
        var first = _next;
        _next += count;
        return first;
    }
}
