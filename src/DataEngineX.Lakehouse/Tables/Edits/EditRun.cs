using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>One edit from its first plan to its commit. What it wrote for nothing it deletes.</summary>
internal sealed class EditRun : IAsyncDisposable
{
    private readonly TableContext _table;
    private readonly Schema _schema;
    private readonly TableCommitter _committer;
    private readonly EditOutput _output;
    private readonly DeletionVectorWriter _vectors;
    private readonly MemoryAllocator? _allocator;
    private bool _isPublished;

    internal EditRun(TableContext table, CommitIntent intent, Schema schema, LogState? begun, MemoryAllocator? allocator)
    {
        _table = table;
        _schema = schema;
        _allocator = allocator;
        _committer = new TableCommitter(table, intent, schema, begun);
        _output = new EditOutput(
            table, schema, intent.Columns?.Columns ?? begun?.Columns, begun is null ? null : RowNumberColumns.Of(begun), intent.PartitionColumns,
            intent.Record?.RunId ?? Guid.NewGuid().ToString("N"), allocator);
        _vectors = new DeletionVectorWriter(table);
    }

    /// <summary>Finds, writes and commits.</summary>
    /// <param name="plan">Makes the edit against the newest version; the plans that it runs itself go to the log of plans.</param>
    /// <param name="cancellationToken">Ends the work while nothing is visible.</param>
    internal async ValueTask<CommitResult> CommitAsync(
        Func<LogState?, PlanLog, CancellationToken, ValueTask<TableEdit>> plan, CancellationToken cancellationToken)
    {
        try
        {
            return await _committer.CommitAsync(
                async (state, stop) =>
                {
                    var plans = new PlanLog(_table.Engine, _allocator);
                    var edit = await plan(state, plans, stop).ConfigureAwait(false);
                    var find = await new EditFinder(_table, state, _schema, edit, plans).FindAsync(stop).ConfigureAwait(false);
                    return await new EditWriter(_table, state, _schema, edit, find, _output, plans).WriteAsync(_vectors, stop).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isPublished = _committer.MayBePublished;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isPublished)
        {
            await _output.DeleteAsync().ConfigureAwait(false);
            await _vectors.DeleteAsync().ConfigureAwait(false);
        }

        await _output.DisposeAsync().ConfigureAwait(false);
    }
}
