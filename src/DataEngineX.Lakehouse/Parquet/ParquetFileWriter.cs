using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet.Writing;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Writes Arrow batches to one Parquet file, with what readers can skip by: statistics of row groups and of pages.</summary>
public sealed class ParquetFileWriter : IAsyncDisposable
{
    private readonly RowGroupWriter _groups;
    private readonly Schema _schema;
    private readonly ParquetWriteOptions _options;
    private readonly List<RecordBatch> _pending = [];
    private int _pendingRows;
    private long _pendingBytes;
    private long _rows;
    private long _reserved;
    private bool _finished;

    private ParquetFileWriter(RowGroupWriter groups, Schema schema, ParquetWriteOptions options)
    {
        _groups = groups;
        _schema = schema;
        _options = options;
    }

    /// <summary>The rows taken so far.</summary>
    public long RowCount => _rows + _pendingRows;

    /// <summary>Those of them in row groups that are written.</summary>
    internal long WrittenRows => _rows;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where to write, from its position; not disposed.</param>
    /// <param name="schema">The columns of all batches; its metadata are kept in the file.</param>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowGroupBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        var groups = new RowGroupWriter(stream, schema, options);
        await groups.StartAsync(cancellationToken).ConfigureAwait(false);
        return new ParquetFileWriter(groups, schema, options);
    }

    /// <summary>Writes the rows of a batch.</summary>
    /// <param name="batch">Borrowed; what must wait for its row group to fill is kept by reference count.</param>
    /// <param name="cancellationToken">Stops the write; the file is then worthless.</param>
    /// <returns>When the rows are taken.</returns>
    public async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ColumnCount != _schema.FieldsList.Count)
            throw new ArgumentException($"The batch has {batch.ColumnCount} columns where the file has {_schema.FieldsList.Count}.", nameof(batch));
        for (var at = 0; at < batch.Length;)
        {
            var take = Math.Min(batch.Length - at, _options.RowGroupRows - _pendingRows);
            _pending.Add(batch.SliceShared(at, take));
            _pendingRows += take;
            _pendingBytes += BytesOf(batch, at, take);
            at += take;
            if (_pendingRows == _options.RowGroupRows || _pendingBytes >= _options.RowGroupBytes)
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
        await _groups.FinishAsync(_rows, cancellationToken).ConfigureAwait(false);
        return new FileStatistics(_rows, _groups.Statistics());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        DropPending();
        _groups.Dispose();
        _options.Budget?.Release(_reserved);
        _reserved = 0;
        return ValueTask.CompletedTask;
    }

    private static long BytesOf(RecordBatch batch, int start, int length)
    {
        long bytes = 0;
        for (var i = 0; i < batch.ColumnCount; i++)
            bytes += ArrayBytes.Of(batch.Column(i).Data, start, length);
        return bytes;
    }

    private async ValueTask WriteRowGroupAsync(CancellationToken cancellationToken)
    {
        Reserve(3 * _pendingBytes);
        await _groups.WriteAsync(_pending, _pendingRows, cancellationToken).ConfigureAwait(false);
        _rows += _pendingRows;
        DropPending();
    }

    // Values side by side, their indices and the encoded pages; they are kept for the next row group.
    private void Reserve(long bytes)
    {
        if (_options.Budget is not { } budget || bytes <= _reserved)
            return;
        budget.Reserve(bytes - _reserved);
        _reserved = bytes;
    }

    private void DropPending()
    {
        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
        _pendingRows = 0;
        _pendingBytes = 0;
    }
}
