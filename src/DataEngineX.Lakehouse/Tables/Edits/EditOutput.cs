using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The files that an edit writes: rows of the table, and beside them what changed where the table keeps a change data feed.</summary>
internal sealed class EditOutput : IAsyncDisposable
{
    private static readonly Field Kind = new(TableChanges.TypeColumn, StringType.Default, nullable: false);

    private readonly IFailpoints _failpoints;
    private readonly DataFileWriter _rows;
    private readonly DataFileWriter _changes;
    private readonly Schema _schema;
    private readonly Schema _withKind;
    private readonly Schema _withNumbers;

    /// <param name="table">The table.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="names">How its files know them; null for one that is not there yet.</param>
    /// <param name="numbers">Where its files keep numbers of rows; null where they do not.</param>
    /// <param name="partitionedBy">The columns by which it is partitioned.</param>
    /// <param name="runId">The run, by which files are told apart.</param>
    /// <param name="allocator">The memory budget; null for none.</param>
    internal EditOutput(
        TableContext table, Schema schema, TableSchema? names, RowNumberColumns? numbers, IReadOnlyList<string> partitionedBy, string runId, MemoryAllocator? allocator)
    {
        _failpoints = table.Failpoints;
        _schema = schema;
        _withNumbers = numbers is null ? schema : new Schema([.. schema.FieldsList, .. numbers.OfFiles], null);
        _withKind = new Schema([.. schema.FieldsList, Kind], null);
        Allocator = allocator ?? MemoryAllocator.Default.Value;
        Blanks = new BlankPartitions(schema, partitionedBy);
        _rows = new DataFileWriter(table, runId, schema, partitionedBy, allocator, names: names, numbers: numbers);
        _changes = new DataFileWriter(table, runId, _withKind, partitionedBy, allocator, "_change_data/", "cdc", names);
    }

    /// <summary>Where batches are made.</summary>
    internal MemoryAllocator Allocator { get; }

    /// <summary>What rows must go through before they are checked.</summary>
    internal BlankPartitions Blanks { get; }

    /// <summary>The rows of the table written so far.</summary>
    internal long Rows => _rows.Rows;

    /// <summary>Writes rows of the table.</summary>
    /// <param name="batch">Borrowed; its first columns are those of the table. Where rows keep numbers, its last ones are these; new rows have none.</param>
    /// <param name="areNew">Whether the rows are new.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    internal async ValueTask WriteAsync(RecordBatch batch, bool areNew, CancellationToken cancellationToken)
    {
        using var rows = WithNumbers(batch, areNew);
        await _rows.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes rows of which something is told.</summary>
    /// <param name="batch">Borrowed; its first columns are those of the table.</param>
    /// <param name="kind">What happened to them; null when the next column says so, row by row.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    internal async ValueTask TellAsync(RecordBatch batch, string? kind, CancellationToken cancellationToken)
    {
        using var changes = With(_withKind, batch, kind);
        await _changes.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the files.</summary>
    internal async ValueTask<(IReadOnlyList<AddAction> Rows, IReadOnlyList<ChangeFileAction> Changes)> FinishAsync(CancellationToken cancellationToken)
    {
        var changes = await _changes.FinishAsync(cancellationToken).ConfigureAwait(false);
        if (changes.Count > 0)
            await _failpoints.HitAsync(FailpointNames.ChangeFilesWritten, cancellationToken).ConfigureAwait(false);
        var rows = await _rows.FinishAsync(cancellationToken).ConfigureAwait(false);
        return (rows, [.. changes.Select(c => new ChangeFileAction { Path = c.Path, PartitionValues = c.PartitionValues, Size = c.Size })]);
    }

    /// <summary>Deletes the files written: no log entry names them.</summary>
    internal async ValueTask DeleteAsync()
    {
        await _rows.DeleteAsync().ConfigureAwait(false);
        await _changes.DeleteAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        await _changes.DisposeAsync().ConfigureAwait(false);
    }

    private RecordBatch WithNumbers(RecordBatch batch, bool areNew)
    {
        var numbers = _withNumbers.FieldsList.Count - _schema.FieldsList.Count;
        var arrays = new List<IArrowArray>(_withNumbers.FieldsList.Count);
        for (var i = 0; i < _schema.FieldsList.Count; i++)
            arrays.Add(ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
        for (var i = batch.ColumnCount - numbers; i < batch.ColumnCount; i++)
            arrays.Add(areNew ? Constants.Nulls(Int64Type.Default, batch.Length, Allocator) : ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
        return new RecordBatch(_withNumbers, arrays, batch.Length);
    }

    private RecordBatch With(Schema schema, RecordBatch batch, string? kind)
    {
        var arrays = new List<IArrowArray>(schema.FieldsList.Count);
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            arrays.Add(i == _schema.FieldsList.Count && kind is not null
                ? Constants.Create(StringType.Default, kind, batch.Length, Allocator)
                : ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
        }

        return new RecordBatch(schema, arrays, batch.Length);
    }
}
