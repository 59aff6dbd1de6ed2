using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// Reads data files as batches of the table's columns: those that the table is partitioned by are in the log, not in the file, and rows that
/// a deletion vector names are left out.
/// </summary>
internal static class DataFileReader
{
    /// <summary>The row groups of a file, in order; those that cannot satisfy the scan's condition yield nothing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="file">The file.</param>
    /// <param name="all">The columns of the table.</param>
    /// <param name="columns">The columns wanted.</param>
    /// <param name="scan">Condition, allocator and size of batches.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    internal static async IAsyncEnumerable<BatchPart> PartsAsync(
        TableContext table, DataFile file, TableSchema all, TableSchema columns, TableScan scan,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deleted = file.DeletionVector is { } vector
            ? await DeletionVectors.ReadAsync(table.Store, table.Folder, file.Path, vector, cancellationToken).ConfigureAwait(false)
            : null;
        await foreach (var part in PartsAsync(table, file, all, columns, scan, deleted, cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    /// <summary>The row groups of a file without some of its rows.</summary>
    internal static IAsyncEnumerable<BatchPart> PartsAsync(
        TableContext table, DataFile file, TableSchema all, TableSchema columns, TableScan scan, RowSet? deleted, CancellationToken cancellationToken) =>
        PartsAsync(table, file, all, columns, scan, deleted, numbered: null, cancellationToken);

    /// <summary>The row groups of a file without some of its rows, with columns that depend on where a row is in the file.</summary>
    internal static async IAsyncEnumerable<BatchPart> PartsAsync(
        TableContext table, DataFile file, TableSchema all, TableSchema columns, TableScan scan, RowSet? deleted,
        Func<RecordBatch, long, RecordBatch>? numbered, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var allocator = scan.Allocator ?? MemoryAllocator.Default.Value;
        var inFile = columns.Fields.Where(f => !columns.IsPartition(f)).ToList();
        var complete = inFile.Count == columns.Fields.Count;
        var stored = complete ? columns.Arrow : new Schema([.. inFile.Select(f => f.Field)], null);
        var reader = await OpenAsync(table, file, scan.Version, cancellationToken).ConfigureAwait(false);
        ParquetReadOptions options;
        try
        {
            CheckHidden(table, file, deleted, reader.RowCount);
            var bound = FileBinding.Of(reader.File, inFile, columns.Mapping);
            options = new ParquetReadOptions
            {
                Columns = stored,
                Bound = bound,
                Predicate = FileBinding.Translate(scan.Predicate, bound, all, reader.File),
                Rows = scan.Rows,
                Deleted = deleted,
                Numbered = numbered,
                Allocator = allocator,
                BatchRows = scan.BatchRows,
            };
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await foreach (var part in RowGroupPart.AllOf(reader, options).ConfigureAwait(false))
            yield return complete ? part : new PartitionedPart(part, batch => WithPartitions(batch, file, columns, allocator));
    }

    /// <summary>All rows of a file.</summary>
    internal static async IAsyncEnumerable<RecordBatch> ReadAsync(
        TableContext table, DataFile file, TableSchema columns, MemoryAllocator allocator, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = new TableScan { Allocator = allocator };
        await foreach (var part in PartsAsync(table, file, columns, columns, scan, cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    /// <summary>The number of rows, from the log where it is there, else from the file.</summary>
    internal static async ValueTask<long> CountAsync(TableContext table, DataFile file, long? version, CancellationToken cancellationToken)
    {
        var deleted = file.DeletionVector?.Cardinality ?? 0;
        return await CountStoredAsync(table, file, version, cancellationToken).ConfigureAwait(false) - deleted;
    }

    /// <summary>The number of rows with those that a deletion vector names.</summary>
    internal static async ValueTask<long> CountStoredAsync(TableContext table, DataFile file, long? version, CancellationToken cancellationToken)
    {
        if (file.StoredRows is { } rows)
            return rows;
        var reader = await OpenAsync(table, file, version, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return reader.RowCount;
    }

    /// <summary>Refuses a set of deleted rows that is not one of the file: nobody could say which of its rows are left.</summary>
    /// <exception cref="DataEngineXException">Names table, file and row.</exception>
    internal static void CheckHidden(TableContext table, DataFile file, RowSet? deleted, long rows)
    {
        if (deleted?.Last is { } last && last >= rows)
            throw new DataEngineXException($"Table {table.Folder} cannot be read: the deletion vector of its data file '{file.Path}' takes row {last} from it, but it has {rows} rows.");
    }

    /// <summary>Opens a data file.</summary>
    /// <exception cref="DataEngineXException">It is missing, which is said with the table and, where it is known, the version; or it is damaged.</exception>
    internal static async Task<ParquetFileReader> OpenAsync(TableContext table, DataFile file, long? version, CancellationToken cancellationToken)
    {
        var key = DeltaPaths.ToKey(table.Store, table.Folder, file.Path);
        Stream stream;
        try
        {
            stream = await table.Store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException e)
        {
            var of = version is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"version {number}") : "its log";
            throw new DataEngineXException($"Table {table.Folder} cannot be read: the data file '{file.Path}' of {of} is missing ({key} in {table.Store.Location}).", e);
        }

        return await ParquetFileReader.OpenAsync(stream, key, cancellationToken).ConfigureAwait(false);
    }

    private static RecordBatch WithPartitions(RecordBatch stored, DataFile file, TableSchema columns, MemoryAllocator allocator)
    {
        using (stored)
        {
            var arrays = new List<IArrowArray>(columns.Fields.Count);
            try
            {
                var next = 0;
                foreach (var column in columns.Fields)
                {
                    arrays.Add(columns.IsPartition(column)
                        ? Constants.Create(column.Field.DataType, PartitionValues.Of(columns, column, file.Path, file.PartitionValues), stored.Length, allocator)
                        : ArrowArrayFactory.BuildArray(stored.Column(next++).Data.Retain()));
                }

                var more = stored.Schema.FieldsList.Skip(next).ToList();
                for (; next < stored.ColumnCount; next++)
                    arrays.Add(ArrowArrayFactory.BuildArray(stored.Column(next).Data.Retain()));
                return new RecordBatch(more.Count == 0 ? columns.Arrow : new Schema([.. columns.Arrow.FieldsList, .. more], null), arrays, stored.Length);
            }
            catch
            {
                foreach (var array in arrays)
                    array.Dispose();
                throw;
            }
        }
    }
}
