using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A column of one value a row, decoded page by page as rows are asked for.</summary>
internal sealed class FlatCursor(PageReader pages, ColumnValues values, bool isOptional, int rows, MemoryAllocator allocator) : ColumnCursor
{
    private readonly PooledBytes _bitmap = new();
    private HybridDecoder _levels;
    private bool _started;
    private int _skip;
    private int _left;

    internal override void Skip(int rows) => _skip += rows;

    internal override ArrayData Read(int rows)
    {
        PassOver();
        values.Begin(rows);
        var bitmap = isOptional ? _bitmap.Take((rows + 7) / 8).AsSpan() : default;
        var nulls = 0;
        for (var at = 0; at < rows;)
        {
            if (_left == 0)
                NextPage();
            var count = Math.Min(_left, rows - at);
            var valid = isOptional ? _levels.ReadBits(bitmap, at, count) : count;
            values.Append(count, valid, bitmap, at);
            nulls += count - valid;
            at += count;
            _left -= count;
        }

        return values.Build(rows, nulls, nulls == 0 ? ArrowBuffer.Empty : BitBuffer.Of(bitmap, rows, allocator));
    }

    public override void Dispose()
    {
        _bitmap.Dispose();
        values.Dispose();
        pages.Dispose();
    }

    private void PassOver()
    {
        while (_skip > 0)
        {
            if (_left == 0)
                NextPage();
            var count = Math.Min(_left, _skip);
            if (count == 0)
                continue;
            values.Skip(isOptional ? _levels.ReadBits(_bitmap.Take((count + 7) / 8), 0, count) : count);
            _left -= count;
            _skip -= count;
        }
    }

    /// <summary>Opens the next page of which rows are wanted; those that are skipped whole are taken off what is to be skipped.</summary>
    private void NextPage()
    {
        if (!_started && pages.TryReadDictionary())
            values.LoadDictionary(pages.Values, pages.Header.ValueCount);
        _started = true;
        var skip = _skip;
        if (!pages.MoveNext(ref _skip))
        {
            if (skip > 0 && _skip == 0)
                return;
            Corrupt.Throw("it has fewer values than its row group has rows");
        }

        _left = pages.Header.ValueCount;
        if (_left > rows)
            Corrupt.Throw($"a page of {_left} values in a row group of {rows} rows");
        if (isOptional)
            _levels.Start(pages.Definitions.Bytes, pages.Definitions.Start, pages.Definitions.Length, 1);
        values.LoadPage(pages.Header.Encoding, pages.Values, _left);
    }
}
