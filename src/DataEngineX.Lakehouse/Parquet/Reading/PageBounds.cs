using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>What the pages of one column of a row group hold.</summary>
internal sealed class PageBounds
{
    private readonly Field _field;
    private readonly StatBounds[] _bounds;

    private PageBounds(Field field, int[] firstRows, StatBounds[] bounds)
    {
        _field = field;
        FirstRows = firstRows;
        _bounds = bounds;
    }

    internal int[] FirstRows { get; }

    /// <summary>Reads the indexes of a column; null where there are none, or none that help.</summary>
    internal static async ValueTask<PageBounds?> ReadAsync(
        ParquetFile file, FileColumn column, ColumnChunk chunk, int rows, CancellationToken cancellationToken)
    {
        if (chunk.ColumnIndexBytes <= 0 || await ReadLocationsAsync(file, chunk, rows, cancellationToken).ConfigureAwait(false) is not { Length: > 1 } pages)
            return null;
        var index = await ReadIndexAsync(file, chunk.ColumnIndexOffset, chunk.ColumnIndexBytes, cancellationToken).ConfigureAwait(false);
        if (PageIndex.ReadBounds(index, pages.Length) is not { } statistics)
            return null;
        var bounds = new StatBounds[pages.Length];
        for (var i = 0; i < bounds.Length; i++)
            bounds[i] = StoredBounds.Of(column, statistics[i], (i + 1 < pages.Length ? pages[i + 1].FirstRow : rows) - pages[i].FirstRow);
        return new PageBounds(column.Field!, [.. pages.Select(p => (int)p.FirstRow)], bounds);
    }

    /// <summary>Where the pages of a column are; empty where there is no index of them.</summary>
    internal static async ValueTask<PageLocation[]> ReadLocationsAsync(
        ParquetFile file, ColumnChunk chunk, int rows, CancellationToken cancellationToken)
    {
        if (chunk.OffsetIndexBytes <= 0)
            return [];
        var index = await ReadIndexAsync(file, chunk.OffsetIndexOffset, chunk.OffsetIndexBytes, cancellationToken).ConfigureAwait(false);
        var pages = PageIndex.ReadLocations(index);
        for (var i = 0; i < pages.Length; i++)
        {
            var end = i + 1 < pages.Length ? pages[i + 1].FirstRow : rows;
            var inChunk = pages[i].Offset >= chunk.Start && pages[i].Bytes > 0 && pages[i].Offset + pages[i].Bytes <= chunk.Start + chunk.CompressedBytes;
            if (!inChunk || pages[i].FirstRow > end || (i == 0 && pages[i].FirstRow != 0))
                Corrupt.Throw("the index of its pages does not fit them");
        }

        return pages;
    }

    internal (Field Field, StatBounds Bounds) At(int row)
    {
        var page = System.Array.BinarySearch(FirstRows, row);
        return (_field, _bounds[page < 0 ? ~page - 1 : page]);
    }

    private static async ValueTask<byte[]> ReadIndexAsync(ParquetFile file, long offset, int length, CancellationToken cancellationToken)
    {
        if (length > file.Input.Length)
            Corrupt.Throw($"an index of {length} bytes in a file of {file.Input.Length}");
        var bytes = new byte[length];
        await file.Input.ReadAsync(offset, bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
