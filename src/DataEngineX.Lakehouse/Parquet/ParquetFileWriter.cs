using Apache.Arrow;
using Parquet;
using Parquet.Schema;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Writes Arrow batches to one Parquet file, counting what readers can skip by.</summary>
public sealed class ParquetFileWriter : IAsyncDisposable
{
    private readonly ParquetWriter _writer;
    private readonly Schema _schema;
    private readonly DataField[] _fields;
    private readonly int _rowGroupRows;
    private readonly StatisticsCollector[] _statistics;
    private readonly List<RecordBatch> _pending = [];
    private int _pendingRows;
    private long _rows;
    private bool _finished;

    private ParquetFileWriter(ParquetWriter writer, Schema schema, DataField[] fields, int rowGroupRows)
    {
        _writer = writer;
        _schema = schema;
        _fields = fields;
        _rowGroupRows = rowGroupRows;
        _statistics = [.. schema.FieldsList.Select(_ => new StatisticsCollector())];
    }

    /// <summary>The rows taken so far.</summary>
    public long RowCount => _rows + _pendingRows;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where to write, from its position; not disposed.</param>
    /// <param name="schema">The columns of all batches.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="DataEngineXException">A column's type cannot be stored.</exception>
    public static async Task<ParquetFileWriter> CreateAsync(
        Stream stream, Schema schema, ParquetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        options ??= new ParquetWriteOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowGroupRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.RowGroupRows, 1 << 20, nameof(options));
        var declared = schema.FieldsList.Select(ParquetColumns.Declared).ToArray();
        var physical = schema.FieldsList.Select(f => ParquetColumns.Physical(f) ?? ParquetColumns.Declared(f)).ToArray();
        _ = new ParquetSchema(physical); // A field must belong to a schema before values can be written by it.
        var parquet = new ParquetOptions
        {
            CompressionMethod = options.Compression switch
            {
                ParquetCompression.None => CompressionMethod.None,
                ParquetCompression.Zstd => CompressionMethod.Zstd,
                _ => CompressionMethod.Snappy,
            },
            CompressionLevel = System.IO.Compression.CompressionLevel.Fastest,
        };
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(declared), stream, parquet, false, cancellationToken).ConfigureAwait(false);
        return new ParquetFileWriter(writer, schema, physical, options.RowGroupRows);
    }

    /// <summary>Writes the rows of a batch.</summary>
    /// <param name="batch">Borrowed; what must wait for its row group to fill is kept by reference count.</param>
    /// <param name="cancellationToken">Stops the write; the file is then worthless.</param>
    /// <returns>When the rows are taken.</returns>
    public async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ColumnCount != _fields.Length)
            throw new ArgumentException($"The batch has {batch.ColumnCount} columns where the file has {_fields.Length}.", nameof(batch));
        for (var at = 0; at < batch.Length;)
        {
            var take = Math.Min(batch.Length - at, _rowGroupRows - _pendingRows);
            _pending.Add(batch.SliceShared(at, take));
            _pendingRows += take;
            at += take;
            if (_pendingRows == _rowGroupRows)
                await WriteRowGroupAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is pending and the file's footer.</summary>
    /// <param name="cancellationToken">Stops the write; the file is then worthless.</param>
    /// <returns>What was counted.</returns>
    public async ValueTask<FileStatistics> FinishAsync(CancellationToken cancellationToken = default)
    {
        if (_finished)
            throw new InvalidOperationException("The file is already finished.");
        if (_pendingRows > 0)
            await WriteRowGroupAsync(cancellationToken).ConfigureAwait(false);
        _finished = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        var columns = new Dictionary<string, ColumnStatistics>(StringComparer.Ordinal);
        for (var i = 0; i < _statistics.Length; i++)
            columns[_schema.FieldsList[i].Name] = _statistics[i].ToStatistics();
        return new FileStatistics(_rows, columns);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        DropPending();
        if (_finished)
            return;
        _finished = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask WriteRowGroupAsync(CancellationToken cancellationToken)
    {
        using (var group = _writer.CreateRowGroup())
        {
            for (var i = 0; i < _fields.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunks = new Apache.Arrow.Array[_pending.Count];
                for (var c = 0; c < chunks.Length; c++)
                {
                    chunks[c] = (Apache.Arrow.Array)_pending[c].Column(i);
                    _statistics[i].Add(chunks[c]);
                }

                await ParquetColumnWriter.WriteAsync(group, _fields[i], _schema.FieldsList[i], chunks, _pendingRows, cancellationToken).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }

        _rows += _pendingRows;
        DropPending();
    }

    private void DropPending()
    {
        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
        _pendingRows = 0;
    }
}
