using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Sources;

/// <summary>Reads ranges of a table into batches, and finds where chunks end.</summary>
internal sealed class DatabaseReader(DatasetId dataset, string table, DatabaseReadOptions options, ScanRequest request)
{
    // Long texts fill a batch before its rows do.
    private const long MaxBatchBytes = 32 << 20;

    /// <summary>The chunks of a range by its key: each ends at a key that is there, so no row is in two of them or in none, whatever the ties.</summary>
    internal async IAsyncEnumerable<DatabaseRange> ChunksAsync(
        DatabaseRange range, DatabaseSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (options.Key.Count > 0 && !range.IsWhole && await EndAsync(range, session, cancellationToken).ConfigureAwait(false) is { } end)
        {
            yield return range with { UpTo = end };
            range = range with { After = end };
        }

        yield return range;
    }

    internal async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatabaseRange range, DatabaseSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = request.Schema.FieldsList.Select(f => DbCells.Create(f, dataset.ToString())).ToArray();
        var chosen = request.Schema.FieldsList.Select(f => f.Name).Concat(range.IsWhole || columns.Length == 0 ? options.Key : []).ToList();
        var sql = range.Where(new SqlBuilder(options.Dialect).Add("SELECT ").Names(chosen).From(table), options.Key);
        var command = session.Command(sql.OrderBy(range.IsWhole ? [] : options.Key));
        await using var openCommand = command.ConfigureAwait(false);
        var rows = await OpenAsync(command, cancellationToken).ConfigureAwait(false);
        await using var openRows = rows.ConfigureAwait(false);
        long read = 0;
        var pending = 0;
        while (request.RowLimit is not { } limit || read < limit)
        {
            if (!await MoveAsync(rows, read, cancellationToken).ConfigureAwait(false))
                break;
            if (!IsWanted(rows, range, columns.Length))
                continue;
            Append(rows, columns, ++read);
            if (++pending < request.Context.BatchRows && BytesOf(columns) < MaxBatchBytes)
                continue;
            yield return Build(columns, pending);
            pending = 0;
        }

        if (range.Count is { } count && count != read && request.RowLimit is null)
            throw new SourceFailedException(dataset.ToString(), $"{read} rows have the newest value, and there were {count} when the run was planned; run again", isTransient: true);
        if (pending > 0)
            yield return Build(columns, pending);
    }

    private static long BytesOf(DbColumn[] columns)
    {
        long bytes = 0;
        foreach (var column in columns)
            bytes += column.Bytes;
        return bytes;
    }

    private async ValueTask<object[]?> EndAsync(DatabaseRange range, DatabaseSession session, CancellationToken cancellationToken)
    {
        var sql = range.Where(new SqlBuilder(options.Dialect).Add("SELECT ").Names(options.Key).From(table), options.Key)
            .OrderBy(options.Key).Add(options.Dialect.Page(options.ChunkRows - 1, 1));
        var command = session.Command(sql);
        await using var openCommand = command.ConfigureAwait(false);
        var rows = await OpenAsync(command, cancellationToken).ConfigureAwait(false);
        await using var openRows = rows.ConfigureAwait(false);
        if (!await MoveAsync(rows, 0, cancellationToken).ConfigureAwait(false))
            return null;
        var end = new object[options.Key.Count];
        rows.GetValues(end);
        return end;
    }

    private bool IsWanted(DbDataReader row, DatabaseRange range, int columns)
    {
        if (range.Without is null && range.Only is null)
            return true;
        var hash = KeyHash.Of(row, columns, options.Key.Count);
        return range.Without?.Contains(hash) != true && range.Only?.Contains(hash) != false;
    }

    private void Append(DbDataReader row, DbColumn[] columns, long number)
    {
        try
        {
            for (var i = 0; i < columns.Length; i++)
                columns[i].Append(row, i);
        }
        catch (MalformedDataException e)
        {
            throw new MalformedDataException($"{dataset}, row {number.ToString(CultureInfo.InvariantCulture)} of the chunk: {e.Message}.", e.Column, e.InnerException);
        }
    }

    private RecordBatch Build(DbColumn[] columns, int rows)
    {
        var arrays = new List<IArrowArray>(columns.Length);
        try
        {
            foreach (var column in columns)
                arrays.Add(column.Build(rows, request.Context.Allocator));
            return new RecordBatch(request.Schema, arrays, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }

    private async ValueTask<DbDataReader> OpenAsync(DbCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw DatabaseFaults.Of(dataset, "the statement was refused", e);
        }
    }

    private async ValueTask<bool> MoveAsync(DbDataReader rows, long read, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw DatabaseFaults.Of(dataset, $"the read broke off after {read} rows of its chunk", e);
        }
    }
}
