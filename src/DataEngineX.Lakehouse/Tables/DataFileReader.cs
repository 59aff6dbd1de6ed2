using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Reads data files as batches of the table's columns; those that the table is partitioned by are in the log, not in the file.</summary>
internal static class DataFileReader
{
    /// <summary>The row groups of a file, in order; those that cannot satisfy the scan's condition yield nothing.</summary>
    internal static async IAsyncEnumerable<BatchPart> PartsAsync(
        TableContext table, DataFile file, Schema columns, IReadOnlyList<string> partitionedBy, TableScan scan,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var allocator = scan.Allocator ?? MemoryAllocator.Default.Value;
        var inFile = columns.FieldsList.Where(f => !partitionedBy.Contains(f.Name, StringComparer.Ordinal)).ToList();
        var stored = inFile.Count == columns.FieldsList.Count ? columns : new Schema(inFile, null);
        var reader = await OpenAsync(table, file, cancellationToken).ConfigureAwait(false);
        var options = new ParquetReadOptions { Columns = stored, Predicate = scan.Predicate, Rows = scan.Rows, Allocator = allocator, BatchRows = scan.BatchRows };
        await foreach (var part in RowGroupPart.AllOf(reader, options).ConfigureAwait(false))
        {
            yield return ReferenceEquals(stored, columns)
                ? part
                : new PartitionedPart(part, batch => WithPartitions(batch, file, columns, partitionedBy, allocator));
        }
    }

    /// <summary>All rows of a file that has all columns.</summary>
    internal static async IAsyncEnumerable<RecordBatch> ReadAsync(
        TableContext table, DataFile file, Schema columns, MemoryAllocator allocator, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(table, file, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var options = new ParquetReadOptions { Columns = columns, Allocator = allocator };
            await foreach (var batch in reader.ReadAsync(options, cancellationToken).ConfigureAwait(false))
                yield return batch;
        }
    }

    /// <summary>The number of rows, from the log where it is there, else from the file.</summary>
    internal static async ValueTask<long> CountAsync(TableContext table, DataFile file, CancellationToken cancellationToken)
    {
        if (file.Stats.RowCount is { } rows)
            return rows;
        var reader = await OpenAsync(table, file, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return reader.RowCount;
    }

    private static async Task<ParquetFileReader> OpenAsync(TableContext table, DataFile file, CancellationToken cancellationToken)
    {
        var key = DeltaPaths.ToKey(table.Store, table.Folder, file.Path);
        var stream = await table.Store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        return await ParquetFileReader.OpenAsync(stream, key, cancellationToken).ConfigureAwait(false);
    }

    private static RecordBatch WithPartitions(
        RecordBatch stored, DataFile file, Schema columns, IReadOnlyList<string> partitionedBy, MemoryAllocator allocator)
    {
        using (stored)
        {
            var arrays = new List<IArrowArray>(columns.FieldsList.Count);
            try
            {
                var next = 0;
                foreach (var field in columns.FieldsList)
                {
                    arrays.Add(partitionedBy.Contains(field.Name, StringComparer.Ordinal)
                        ? Constants.Create(
                            field.DataType, PartitionValues.Parse(field, file.Add.PartitionValues.GetValueOrDefault(field.Name)), stored.Length, allocator)
                        : ArrowArrayFactory.BuildArray(stored.Column(next++).Data.Retain()));
                }

                return new RecordBatch(columns, arrays, stored.Length);
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
