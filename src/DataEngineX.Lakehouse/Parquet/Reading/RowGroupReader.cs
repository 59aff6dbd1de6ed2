using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Parquet.Format;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Reads one row group.</summary>
internal sealed class RowGroupReader(ParquetFile file, int number, ParquetReadOptions options)
{
    private readonly RowGroup _group = file.Metadata.RowGroups[number];
    private readonly MemoryAllocator _allocator = options.Allocator ?? MemoryAllocator.Default.Value;
    private readonly Schema _columns = options.Columns ?? file.Schema;

    internal async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = (int)_group.RowCount;
        var ranges = await RangesAsync(cancellationToken).ConfigureAwait(false);
        var wanted = ranges.Sum(r => (long)r.Count);
        file.CountGroup(rows, wanted);
        options.Rows?.Add(RowFlow.Pruned, rows - wanted);
        if (ranges.Count == 0 || rows == 0)
            yield break;
        var first = FirstRow();
        var opener = new CursorOpener(file, number, ranges, _allocator);
        var cursors = new List<ColumnCursor>(_columns.FieldsList.Count);
        try
        {
            for (var i = 0; i < _columns.FieldsList.Count; i++)
            {
                cursors.Add(options.Bound is { } bound
                    ? await opener.OpenAsync(bound[i], cancellationToken).ConfigureAwait(false)
                    : await opener.OpenAsync(_columns.FieldsList[i], cancellationToken).ConfigureAwait(false));
            }

            var at = 0;
            foreach (var range in ranges)
            {
                foreach (var cursor in cursors)
                    cursor.Skip(range.First - at);
                for (at = range.First; at < range.End;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var count = Math.Min(options.BatchRows, range.End - at);
                    var batch = Next(cursors, count);
                    var start = first + at;
                    if (options.Numbered is { } numbered)
                        batch = numbered(batch, start);
                    at += count;
                    wanted -= count;
                    if (options.Deleted is not { } deleted)
                    {
                        yield return batch;
                    }
                    else
                    {
                        foreach (var kept in deleted.Without(batch, start, _allocator))
                            yield return kept;
                    }
                }
            }
        }
        finally
        {
            options.Rows?.Add(RowFlow.LeftUnread, wanted);
            foreach (var cursor in cursors)
                cursor.Dispose();
        }
    }

    private long FirstRow()
    {
        long first = 0;
        for (var g = 0; g < number; g++)
            first += file.Metadata.RowGroups[g].RowCount;
        return first;
    }

    private async ValueTask<List<RowRange>> RangesAsync(CancellationToken cancellationToken)
    {
        if (options.Predicate is not { } predicate)
            return [new RowRange(0, (int)_group.RowCount)];
        if (!RowGroupPruning.MayMatch(file, _group, predicate))
            return [];
        try
        {
            return await RowGroupPruning.RangesAsync(file, _group, predicate, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ColumnFault.IsOfData(e))
        {
            throw new MalformedDataException($"The page indexes of row group {number} of {file.Name} cannot be read: {e.Message}", null, e);
        }
    }

    private RecordBatch Next(List<ColumnCursor> cursors, int rows)
    {
        var arrays = new List<IArrowArray>(cursors.Count);
        try
        {
            for (var i = 0; i < cursors.Count; i++)
            {
                try
                {
                    var values = cursors[i].Read(rows);
                    if (options.Bound?[i].Finish is { } finish)
                        values = finish(values, _allocator);
                    arrays.Add(ArrowArrayFactory.BuildArray(values));
                }
                catch (Exception e) when (ColumnFault.IsOfData(e))
                {
                    throw ColumnFault.Of(file, number, _columns.FieldsList[i].Name, e);
                }
            }

            return new RecordBatch(_columns, arrays, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }
}
