using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Texts as indices into the dictionary the file has. Pages without one get a dictionary of their own values, one each.</summary>
internal sealed class KeptTextValues(DictionaryType type, int width, MemoryAllocator allocator) : ColumnValues
{
    private readonly TextDictionary _dictionary = new();
    private readonly TextValues _own = new(type.ValueType, width, allocator);
    private DictionaryIndices _indices;
    private ArrayData? _shared;
    private IMemoryOwner<byte>? _target;
    private bool _isIndexed;
    private bool _ownDictionary;
    private int _ownCount;

    internal override void LoadDictionary(PageSection values, int count) => _dictionary.Load(values, count, width);

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most)
    {
        _isIndexed = encoding is PageEncoding.PlainDictionary or PageEncoding.RleDictionary;
        if (_isIndexed)
            _indices.Start(values, _dictionary.Count);
        else
            _own.LoadPage(encoding, values, most);
    }

    internal override void Begin(int slots)
    {
        _target?.Dispose();
        _target = allocator.Allocate(Math.Max(64, ((slots * sizeof(int)) + 63) & ~63));
        _ownDictionary = false;
    }

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at)
    {
        var target = MemoryMarshal.Cast<byte, int>(_target!.Memory.Span).Slice(at, slots);
        if (!_isIndexed)
            AppendOwn(target[..valid]);
        else
            _indices.Read(MemoryMarshal.Cast<int, uint>(target[..valid]));
        if (valid < slots)
            Spread.InPlace(target, valid, bitmap, at);

        // What lies under a null must still be an index.
        for (var i = 0; valid < slots && i < slots; i++)
        {
            if (!Bitmaps.Get(bitmap, at + i))
                target[i] = 0;
        }
    }

    internal override void Skip(int valid)
    {
        if (_isIndexed)
            _indices.Skip(valid);
        else
            _own.Skip(valid);
    }

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity)
    {
        var dictionary = _ownDictionary ? _own.Build(_ownCount, 0, ArrowBuffer.Empty) : Shared();
        return new ArrayData(type, slots, nulls, 0, [validity, Adopt.Take(ref _target)], null, dictionary);
    }

    public override void Dispose()
    {
        _target?.Dispose();
        _target = null;
        _shared?.Dispose();
        _shared = null;
        _dictionary.Dispose();
        _own.Dispose();
    }

    /// <summary>The file's dictionary as an array, made once and then shared by all batches of the row group.</summary>
    private ArrayData Shared()
    {
        _shared ??= CopyOf(_dictionary.Count);
        return _shared.Retain();
    }

    private ArrayData CopyOf(int count)
    {
        using var copy = new TextTarget(allocator);
        copy.Begin(count);
        if (count > 0)
        {
            _dictionary.Offsets.CopyTo(copy.Offsets);
            _dictionary.Bytes.AsSpan(0, _dictionary.ByteCount).CopyTo(copy.Reserve(_dictionary.ByteCount));
            copy.Length = _dictionary.ByteCount;
        }

        var (offsets, bytes) = copy.Build(count);
        return new ArrayData(type.ValueType, count, 0, 0, [ArrowBuffer.Empty, offsets, bytes], null);
    }

    // A batch across the place where the writer gave its dictionary up has indices already: they stay, its dictionary comes first.
    private void AppendOwn(Span<int> target)
    {
        if (!_ownDictionary)
        {
            _ownDictionary = true;
            _own.Begin(checked(_dictionary.Count + (_target!.Memory.Length / sizeof(int))));
            _own.AppendDictionary(_dictionary);
            _ownCount = _dictionary.Count;
        }

        _own.Append(target.Length, target.Length, default, _ownCount);
        for (var i = 0; i < target.Length; i++)
            target[i] = _ownCount + i;
        _ownCount += target.Length;
    }
}
