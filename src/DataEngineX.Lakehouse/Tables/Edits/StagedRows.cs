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
    private readonly string _file;
    private ArrowStreamWriter? _writer;
    private FileStream? _stream;
    private long _bytes;

    internal StagedRows(Schema schema, IReadOnlyList<string> key, EngineOptions options, TableSchema? table = null)
    {
        Schema = schema;
        Keys = new KeyRanges(schema, key, table);
        _options = options;
        _file = Path.Combine(options.ScratchFolder ?? Path.GetTempPath(), $"dataenginex-{Path.GetRandomFileName()}.arrows");
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
            var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = await IpcReader.OpenAsync(file, "scratch file", allocator, cancellationToken).ConfigureAwait(false);
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
        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask PutAsideAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_writer is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
                _stream = new FileStream(_file, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
                _writer = new ArrowStreamWriter(_stream, Schema, leaveOpen: true);
            }

            foreach (var batch in _held)
                await _writer.WriteRecordBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpillException("stage", Path.GetDirectoryName(_file)!, e);
        }

        DropHeld();
    }

    private async ValueTask SealAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null)
        {
            await _writer.WriteEndAsync(cancellationToken).ConfigureAwait(false);
            _writer.Dispose();
            _writer = null;
        }

        await _stream!.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void DropHeld()
    {
        foreach (var batch in _held)
            batch.Dispose();
        _held.Clear();
    }
}
