using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Parquet.Writing;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Rows that come into a table, kept until the commit knows which rows they meet: in memory as long as they are few, else in a scratch file.</summary>
internal sealed class StagedRows : IAsyncDisposable
{
    /// <summary>Of the memory budget, so much is for rows kept in memory.</summary>
    private const int Share = 16;

    private readonly List<RecordBatch> _held = [];
    private readonly EngineOptions _options;
    private readonly IFailpoints _failpoints;
    private readonly string _folder;
    private ArrowStreamWriter? _writer;
    private FileStream? _stream;
    private long _bytes;

    /// <param name="schema">The columns of the rows.</param>
    /// <param name="key">The columns by which they are found.</param>
    /// <param name="context">The table they come into.</param>
    /// <param name="table">How its files know its columns; null for as they are named.</param>
    internal StagedRows(Schema schema, IReadOnlyList<string> key, TableContext context, TableSchema? table = null)
    {
        Schema = schema;
        Keys = new KeyRanges(schema, key, table);
        _options = context.Options;
        _failpoints = context.Failpoints;
        _folder = _options.ScratchFolder ?? Path.GetTempPath();
    }

    internal Schema Schema { get; }

    internal long Count { get; private set; }

    /// <summary>Where the keys are.</summary>
    internal KeyRanges Keys { get; }

    /// <summary>Columns that have a null in a row.</summary>
    internal HashSet<string> WithNulls { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps rows.</summary>
    /// <param name="batch">Taken.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        Count += batch.Length;
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            _bytes += ArrayBytes.Of(batch.Column(i).Data, 0, batch.Length);
            if (batch.Column(i).NullCount > 0)
                WithNulls.Add(Schema.FieldsList[i].Name);
        }

        Keys.Add(batch);
        _held.Add(batch);
        if (_writer is not null || _bytes > _options.MemoryBudgetBytes / Share)
            await PutAsideAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows; several reads may follow each other.</summary>
    /// <param name="allocator">Where rows read back are allocated.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches, which the consumer owns.</returns>
    internal async IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator allocator, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_stream is not null)
        {
            await SealAsync(cancellationToken).ConfigureAwait(false);
            using var reader = await IpcReader.OpenAsync(new ScratchReadStream(_stream), "scratch file", allocator, cancellationToken).ConfigureAwait(false);
            await foreach (var batch in reader.ReadAsync(Schema, cancellationToken).ConfigureAwait(false))
                yield return batch;
            yield break;
        }

        foreach (var batch in _held)
            yield return batch.SliceShared(0, batch.Length);
    }

    public async ValueTask DisposeAsync()
    {
        DropHeld();
        _writer?.Dispose();
        try
        {
            if (_stream is not null)
                await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // On a full disk the rest of the buffer cannot be written; nobody reads it, and what failed before is the error.
        }
    }

    private async ValueTask PutAsideAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_writer is null)
            {
                _stream = ScratchFile.Create(_folder);
                _writer = new ArrowStreamWriter(_stream, Schema, leaveOpen: true);
            }

            foreach (var batch in _held)
                await _writer.WriteRecordBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw new SpillException("stage", _folder, e);
        }

        DropHeld();
        await _failpoints.HitAsync(FailpointNames.RowsStaged, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SealAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_writer is not null)
            {
                await _writer.WriteEndAsync(cancellationToken).ConfigureAwait(false);
                _writer.Dispose();
                _writer = null;
            }

            await _stream!.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw new SpillException("stage", _folder, e);
        }
    }

    /// <summary>A file that would become larger than the file system or a limit allows is reported as an argument out of range.</summary>
    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private void DropHeld()
    {
        foreach (var batch in _held)
            batch.Dispose();
        _held.Clear();
    }
}
