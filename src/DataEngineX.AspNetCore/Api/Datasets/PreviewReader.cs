using Apache.Arrow;

namespace DataEngineX.AspNetCore;

/// <summary>Reads the rows of a table that were added last, without reading much.</summary>
internal static class PreviewReader
{
    private const long MaxRowsRead = 200_000;

    public static async ValueTask<PreviewDto> ReadAsync(ITable table, TableSnapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        var (since, rows) = await FindStartAsync(table, snapshot, limit, cancellationToken).ConfigureAwait(false);
        var fromEnd = rows <= MaxRowsRead;
        var scan = new TableScan { Version = snapshot.Version, Since = since, BatchRows = fromEnd ? 8_192 : limit };
        var kept = new Queue<IReadOnlyDictionary<string, object?>>(limit);
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                Keep(batch, kept, limit, fromEnd);
            if (!fromEnd && kept.Count >= limit)
                break;
        }

        return new PreviewDto(snapshot.Id.ToString(), snapshot.Version, fromEnd ? "end" : "start", ColumnDto.Of(snapshot.Schema), [.. kept]);
    }

    // Walks back through the commits until they hold enough rows. A commit that took rows away may have put others in
    // their place: from there on the whole version is read.
    private static async ValueTask<(long? Since, long Rows)> FindStartAsync(
        ITable table, TableSnapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        long rows = 0;
        await foreach (var commit in table.GetHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            if (commit.Version > snapshot.Version)
                continue;
            if (commit.RowsRemoved is not 0 || commit.RowsAdded is not { } added)
                break;
            rows += added;
            if (rows >= limit && commit.Version > 0)
                return (commit.Version - 1, rows);
        }

        return (null, await table.CountRowsAsync(snapshot.Version, cancellationToken).ConfigureAwait(false));
    }

    private static void Keep(RecordBatch batch, Queue<IReadOnlyDictionary<string, object?>> kept, int limit, bool fromEnd)
    {
        var start = fromEnd ? Math.Max(0, batch.Length - limit) : 0;
        var end = fromEnd ? batch.Length : Math.Min(batch.Length, limit - kept.Count);
        for (var row = start; row < end; row++)
        {
            if (kept.Count == limit)
                kept.Dequeue();
            var cells = new Dictionary<string, object?>(batch.ColumnCount, StringComparer.Ordinal);
            for (var column = 0; column < batch.ColumnCount; column++)
                cells[batch.Schema.GetFieldByIndex(column).Name] = ArrowCell.Read(batch.Column(column), row);
            kept.Enqueue(cells);
        }
    }
}
