using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A data file that is being written. It means nothing before a log entry names it.</summary>
internal sealed class OpenDataFile : IAsyncDisposable
{
    private readonly TableContext _table;
    private readonly Schema _counted;
    private readonly Dictionary<string, string?> _partition;
    private readonly ObjectWriter _object;
    private readonly ParquetFileWriter _parquet;

    private OpenDataFile(TableContext table, Schema counted, Dictionary<string, string?> partition, ObjectWriter target, ParquetFileWriter parquet)
    {
        _table = table;
        _counted = counted;
        _partition = partition;
        _object = target;
        _parquet = parquet;
    }

    internal long Rows => _parquet.RowCount;

    /// <summary>Starts a file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">Its path below the table's folder.</param>
    /// <param name="schema">The columns in it.</param>
    /// <param name="counted">Those of them whose values are told in the log.</param>
    /// <param name="partition">The partition that its rows belong to.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    internal static async ValueTask<OpenDataFile> CreateAsync(
        TableContext table, string path, Schema schema, Schema counted, Dictionary<string, string?> partition, ParquetWriteOptions options, CancellationToken cancellationToken)
    {
        var target = await table.Store.CreateAsync($"{table.Folder}/{path}", cancellationToken).ConfigureAwait(false);
        try
        {
            var parquet = await ParquetFileWriter.CreateAsync(target.Stream, schema, options, cancellationToken).ConfigureAwait(false);
            return new OpenDataFile(table, counted, partition, target, parquet);
        }
        catch
        {
            await target.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes rows.</summary>
    /// <param name="batch">Borrowed; in the columns of the file.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    internal async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        var written = _parquet.WrittenRows;
        await _parquet.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        if (_parquet.WrittenRows > written)
            await _table.Failpoints.HitAsync(FailpointNames.RowGroupWritten, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the file.</summary>
    /// <returns>The action that would add it.</returns>
    internal async ValueTask<AddAction> FinishAsync(CancellationToken cancellationToken)
    {
        var statistics = await _parquet.FinishAsync(cancellationToken).ConfigureAwait(false);
        var size = await _object.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new AddAction
        {
            Path = DeltaPaths.Encode(_object.Key[(_table.Folder.Length + 1)..]),
            PartitionValues = _partition,
            Size = size,
            ModificationTime = _table.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            DataChange = true,
            Stats = FileStatsWriter.Write(_counted, statistics),
        };
    }

    /// <summary>Lets go of the file; what was not finished is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _parquet.DisposeAsync().ConfigureAwait(false);
        await _object.DisposeAsync().ConfigureAwait(false);
    }
}
