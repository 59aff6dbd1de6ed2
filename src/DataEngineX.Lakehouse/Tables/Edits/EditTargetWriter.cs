using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>A write whose rows are kept until the commit, which compares them with those of the table.</summary>
internal sealed class EditTargetWriter : ITargetWriter
{
    private readonly TableContext _table;
    private readonly TableWriteRequest _request;
    private readonly LogState? _begun;
    private readonly TableColumns _columns;
    private readonly Schema _schema;
    private readonly SchemaChange? _change;
    private readonly StagedRows _rows;
    private readonly MemoryAllocator _allocator;
    private readonly RowCondition? _where;
    private readonly ReplacedKeys? _replaced;
    private readonly BlankPartitions _blanks;
    private StagedRows? _keys;
    private StagedRows? _states;
    private EditRun? _run;
    private bool _over;

    /// <summary>Starts the write.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">What is written.</param>
    /// <param name="begun">The version it begins with.</param>
    /// <param name="columns">Brings rows into the form in which they are kept.</param>
    /// <param name="schema">The columns of the table.</param>
    /// <param name="change">How they come to be so; null when they are.</param>
    internal EditTargetWriter(TableContext table, TableWriteRequest request, LogState? begun, TableColumns columns, Schema schema, SchemaChange? change = null)
    {
        _table = table;
        _request = request;
        _begun = begun;
        _columns = columns;
        _schema = schema;
        _change = change;
        _allocator = request.Allocator ?? MemoryAllocator.Default.Value;
        _blanks = new BlankPartitions(columns.Schema, begun?.Metadata.PartitionColumns ?? request.PartitionColumns);
        _rows = new StagedRows(columns.Schema, request.Key, table, begun?.Columns);
        if (request.Where is { } where)
            _where = new RowCondition(where, schema, new RunParameters(table.Clock.GetUtcNow()));
        if (request.Keys is { } keys)
            _replaced = ReplacedKeys.Of(table.Id, schema, keys, begun?.Metadata.PartitionColumns ?? request.PartitionColumns, _allocator);
    }

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        RecordBatch fitted;
        using (batch)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            cancellationToken.ThrowIfCancellationRequested();
            fitted = _blanks.Apply(_columns.Fit(batch, _allocator), _allocator);
        }

        try
        {
            Check(fitted);
        }
        catch
        {
            fitted.Dispose();
            throw;
        }

        await _rows.TakeAsync(fitted, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        _run = new EditRun(_table, CommitIntent.Of(_request, record, _change, _begun), _schema, _begun, _request.Allocator);
        return await _run.CommitAsync(PlanAsync, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TableEdit> PlanAsync(LogState? state, PlanLog plans, CancellationToken cancellationToken)
    {
        if (_request.Keys is { } keys)
            return await ReplaceAsync(keys, cancellationToken).ConfigureAwait(false);
        if (_request.Disposition != WriteDisposition.History)
            return Edit();
        var plan = new HistoryPlan(_table, state, _request, _schema, _rows, plans);
        _states = new StagedRows(plan.StatesSchema, _request.Key, _table, state?.Columns);
        return await plan.PlanAsync(_states, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        _replaced?.Dispose();
        await _rows.DisposeAsync().ConfigureAwait(false);
        if (_states is not null)
            await _states.DisposeAsync().ConfigureAwait(false);
        if (_keys is not null)
            await _keys.DisposeAsync().ConfigureAwait(false);
        if (_run is not null)
            await _run.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The rows of some keys go; which keys, the request says.</summary>
    private async ValueTask<TableEdit> ReplaceAsync(RecordBatch keys, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = [.. keys.Schema.FieldsList.Select(f => f.Name)];
        _keys = new StagedRows(keys.Schema, columns, _table, _begun?.Columns);
        var blanks = new BlankPartitions(keys.Schema, _begun?.Metadata.PartitionColumns ?? _request.PartitionColumns);
        await _keys.TakeAsync(blanks.Apply(keys.SliceShared(0, keys.Length), _allocator), cancellationToken).ConfigureAwait(false);
        return TableEdits.Replace(columns, _keys, _request.Where, _rows);
    }

    private TableEdit Edit() => _request.Disposition switch
    {
        WriteDisposition.Replace => TableEdits.Replace(_request.Where!, _rows),
        WriteDisposition.Merge => TableEdits.Merge(_request.Key, _request.Clauses, _rows),
        _ => TableEdits.Of(_request.Disposition, _request.Key, _request.Sequence, _rows),
    };

    private void Check(RecordBatch rows)
    {
        if (_request.Disposition is not (WriteDisposition.Merge or WriteDisposition.ReplacePartition))
        {
            foreach (var column in Told)
            {
                var cells = rows.Column(_columns.Schema.GetFieldIndex(column));
                if (cells.NullCount > 0)
                    throw new DataEngineXException($"{_table.Id}: key column '{column}' may not be null, but row {_rows.Count + FirstNull(cells)} of the write, which is to be written by {Verb}, has no value in it.");
            }
        }

        if (_replaced?.FirstStranger(rows) is var (stranger, key))
            throw new DataEngineXException($"{_table.Id}: only rows of the keys that are replaced may be written, but row {_rows.Count + stranger} of the write has {key}.");
        if (_where?.FirstViolation(rows) is var (row, values))
        {
            throw new DataEngineXException(
                $"{_table.Id}: only rows may be written for which {_request.Where!.Canonical} is true, but row {_rows.Count + row} of the write has {values}.");
        }
    }

    private static int FirstNull(IArrowArray cells)
    {
        var row = 0;
        while (cells.IsValid(row))
            row++;
        return row;
    }

    /// <summary>The columns by which rows are told apart.</summary>
    private IEnumerable<string> Told =>
        _request.Disposition == WriteDisposition.History && _columns.Schema.FieldsList.Any(f => f.Name == _request.History.ValidFrom)
            ? _request.Key.Append(_request.History.ValidFrom)
            : _request.Key;

    private string Verb => TableOperations.NameOf(_request.Disposition);
}
