using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A write that appends rows or puts them in the place of all others.</summary>
internal sealed class TableWriter : ITargetWriter
{
    private readonly TableContext _table;
    private readonly TableWriteRequest _request;
    private readonly TableColumns _columns;
    private readonly LogState? _base;
    private readonly SchemaChange? _change;
    private readonly RowRules _rules;
    private readonly BlankPartitions _blanks;
    private readonly DataFileWriter _files;
    private bool _over;
    private bool _keep;

    internal TableWriter(TableContext table, TableWriteRequest request, LogState? state, TableColumns columns, SchemaChange? change)
    {
        _table = table;
        _request = request;
        _columns = columns;
        _base = state;
        _change = change;
        _rules = RowRules.Of(table.Id, state, columns.Schema);
        var partitionedBy = state?.Metadata.PartitionColumns ?? request.PartitionColumns;
        _blanks = new BlankPartitions(columns.Schema, partitionedBy);
        _files = new DataFileWriter(table, request.Record.RunId, columns.Schema, partitionedBy, request.Allocator, names: change?.Columns ?? state?.Columns);
    }

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            var allocator = _request.Allocator ?? MemoryAllocator.Default.Value;
            using var fitted = _blanks.Apply(_columns.Fit(batch, allocator), allocator);
            _rules.Check(fitted);
            await _files.WriteAsync(fitted, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        var committer = new TableCommitter(_table, CommitIntent.Of(_request, record, _change, _base), _columns.Schema, _base);
        var added = await _files.FinishAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await committer.CommitAsync(
                (state, _) => ValueTask.FromResult(Change(state, added)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _keep = committer.MayBePublished;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        if (!_keep)
            await _files.DeleteAsync().ConfigureAwait(false);
        await _files.DisposeAsync().ConfigureAwait(false);
    }

    private TableChange Change(LogState? state, IReadOnlyList<AddAction> added)
    {
        var replace = _request.Disposition == WriteDisposition.Replace;
        return new TableChange
        {
            Operation = TableOperations.NameOf(_request.Disposition),
            Added = added,
            Removed = replace && state is not null ? [.. state.Files] : [],
            Inserted = _files.Rows,
            Deleted = replace ? state?.Files.Sum(f => (f.StoredRows ?? 0) - (f.DeletionVector?.Cardinality ?? 0)) ?? 0 : 0,

            // Rows that came in while this run was computing were not known to it: they must not vanish unseen.
            Read = replace ? ReadSet.All(_base) : null,
        };
    }
}
