using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A write that replaces rows by key. Its rows are kept in memory until the commit, which compares them with those of the table.</summary>
internal sealed class UpsertWriter : ITargetWriter
{
    private readonly TableContext _table;
    private readonly TableWriteRequest _request;
    private readonly LogState? _base;
    private readonly TableColumns _columns;
    private readonly KeyIndex _index;
    private readonly MemoryAllocator _allocator;
    private readonly DataFileWriter _files;
    private readonly List<RecordBatch> _batches = [];
    private bool _over;
    private bool _keep;

    internal UpsertWriter(TableContext table, TableWriteRequest request, LogState? state, TableColumns columns)
    {
        _table = table;
        _request = request;
        _base = state;
        _columns = columns;
        _index = new KeyIndex(columns.Schema, request.Key);
        _allocator = request.Allocator ?? MemoryAllocator.Default.Value;
        _files = new DataFileWriter(table.Store, table.Folder, request.Record.RunId, columns.Schema, request.Allocator, table.Clock, table.Failpoints);
    }

    public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            cancellationToken.ThrowIfCancellationRequested();
            var fitted = _columns.Fit(batch, _allocator);
            _batches.Add(fitted);
            if (_index.ColumnsWithNull(fitted).FirstOrDefault() is { } column)
                throw new DataEngineXException($"{_table.Id}: key column '{column}' may not be null, but a row to upsert has no value in it.");
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        var committer = new TableCommitter(_table, _request, record, _columns.Schema, _base);
        try
        {
            return await committer.CommitAsync(MergeAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _keep = committer.MayBePublished;
            DropBatches();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        DropBatches();
        if (!_keep)
            await _files.DeleteAsync().ConfigureAwait(false);
        await _files.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<TableChange> MergeAsync(LogState? state, CancellationToken cancellationToken)
    {
        if (_batches.Count == 0)
            return Nothing(state);
        using var incoming = Concatenation.Concat(_batches, _allocator);
        DropBatches();
        _index.Put(incoming);
        var merge = new UpsertMerge(_table, _columns.Schema, _index, incoming, _files, _allocator);
        return await merge.RunAsync(state, cancellationToken).ConfigureAwait(false);
    }

    private static TableChange Nothing(LogState? state) =>
        new() { Operation = TableOperations.Upsert, Added = [], Read = ReadSet.Of(state, [], static _ => false) };

    private void DropBatches()
    {
        foreach (var batch in _batches)
            batch.Dispose();
        _batches.Clear();
    }
}
