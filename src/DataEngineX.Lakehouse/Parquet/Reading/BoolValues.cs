using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Truth values, a bit each.</summary>
internal sealed class BoolValues(MemoryAllocator allocator) : ColumnValues
{
    private readonly PooledBytes _dense = new();
    private HybridDecoder _runs;
    private PageSection _plain;
    private int _next;
    private bool _isRuns;
    private IMemoryOwner<byte>? _target;

    internal override void LoadDictionary(PageSection values, int count) => Corrupt.Throw("a dictionary of truth values");

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most)
    {
        _next = 0;
        _plain = values;
        _isRuns = encoding == PageEncoding.Rle;
        if (_isRuns)
        {
            // Behind their own length, as levels are.
            if (values.Length < sizeof(int))
                Corrupt.Throw("a page of truth values is cut off");
            _runs.Start(values.Bytes, values.Start + sizeof(int), values.Length - sizeof(int), 1);
        }
        else if (encoding != PageEncoding.Plain)
        {
            throw new InvalidDataException($"truth values in encoding {(int)encoding} are not read");
        }
    }

    internal override void Begin(int slots)
    {
        _target?.Dispose();
        _target = allocator.Allocate((((slots + 7) / 8) + 63) & ~63);
    }

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at)
    {
        var target = _target!.Memory.Span;
        if (valid == slots)
        {
            Take(target, at, valid);
            return;
        }

        var dense = _dense.Take((valid + 7) / 8).AsSpan();
        Take(dense, 0, valid);
        for (int i = 0, next = 0; i < slots; i++)
            Bitmaps.Put(target, at + i, Bitmaps.Get(bitmap, at + i) && Bitmaps.Get(dense, next++));
    }

    internal override void Skip(int valid)
    {
        if (_isRuns)
            _runs.Skip(valid);
        else
            _next += valid;
    }

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity) =>
        new(BooleanType.Default, slots, nulls, 0, [validity, Adopt.Take(ref _target)], null);

    public override void Dispose()
    {
        _target?.Dispose();
        _target = null;
        _dense.Dispose();
    }

    private void Take(Span<byte> target, int at, int count)
    {
        if (_isRuns)
        {
            _runs.ReadBits(target, at, count);
            return;
        }

        if (_next + (long)count > _plain.Length * 8L)
            Corrupt.Throw("a page has fewer truth values than it says");
        Bitmaps.Copy(_plain.Span, _next, target, at, count);
        _next += count;
    }
}
