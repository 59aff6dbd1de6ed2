using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Reads what versions of a table changed, in the columns of the last of them.</summary>
internal sealed class ChangeReader
{
    private readonly TableContext _table;
    private readonly LogState _last;
    private readonly TableChanges _request;
    private readonly TableSchema _columns;
    private readonly TableSchema _withType;
    private readonly Schema _schema;
    private readonly MemoryAllocator _allocator;

    /// <summary>The version before the one that is read, once it was asked for.</summary>
    private LogState? _before;

    internal ChangeReader(TableContext table, LogState last, TableSchema columns, TableChanges request)
    {
        _table = table;
        _last = last;
        _request = request;
        _columns = columns;
        _allocator = request.Allocator ?? MemoryAllocator.Default.Value;
        var type = new Field(TableChanges.TypeColumn, StringType.Default, nullable: false);
        _withType = columns.With([.. columns.Fields, DeltaField.Plain(type)]);
        _schema = new Schema(
        [
            .. _withType.Arrow.FieldsList,
            new Field(TableChanges.VersionColumn, Int64Type.Default, nullable: false),
            new Field(TableChanges.TimestampColumn, ArrowTypes.TimestampUtc, nullable: false),
        ], null);
    }

    internal async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var times = await CommitTimes.ReadAsync(_table, _last, cancellationToken).ConfigureAwait(false);
        for (var version = _request.From; version <= _last.Version; version++)
        {
            var entry = await _table.Log.Reader.TryReadEntryAsync(version, cancellationToken).ConfigureAwait(false)
                ?? throw new DataEngineXException($"Table {_table.Folder}: the changes of version {version} cannot be told, because the log does not hold its entry any more.");
            DeltaProtocol.CheckReadable(_table.Folder, entry);
            var time = await times.OfAsync(entry, cancellationToken).ConfigureAwait(false);
            foreach (var change in ChangedFile.Of(entry))
            {
                var told = await TellAsync(change, version, cancellationToken).ConfigureAwait(false);
                await foreach (var batch in ReadAsync(told, version, cancellationToken).ConfigureAwait(false))
                    yield return Complete(batch, told, version, time);
            }

            if (_before?.Version == version - 1)
                _before = Next(_before, entry);
        }
    }

    /// <summary>Removals may leave out what the file's partition is, and careless ones which rows had been taken from it before; the version before knows.</summary>
    private async ValueTask<ChangedFile> TellAsync(ChangedFile change, long version, CancellationToken cancellationToken)
    {
        var file = change.File;
        var lacksPartition = file.PartitionValues.Count == 0 && _last.Metadata.PartitionColumns.Count > 0;
        var lacksVector = _last.Protocol.MinReaderVersion >= 3
            && (change.IsDifference ? change.Before is null : change.Kind == ChangedFile.Delete && file.DeletionVector is null);
        if (version == 0 || !(lacksPartition || lacksVector))
            return change;
        if (await BeforeAsync(version, lacksPartition, cancellationToken).ConfigureAwait(false) is not { } before || before.Files.Find(file.Path) is not { } known)
            return change;
        if (lacksPartition)
            file = new DataFile(file.Path, file.Add with { PartitionValues = known.PartitionValues });
        if (lacksVector && !change.IsDifference)
            file = new DataFile(file.Path, file.Add with { DeletionVector = known.DeletionVector });
        return change with { File = file, Before = change.Before ?? known.DeletionVector };
    }

    /// <summary>The version before one, which is replayed once and from then on follows what is read; null where it need not be known and the log does not hold it any more.</summary>
    private async ValueTask<LogState?> BeforeAsync(long version, bool isNeeded, CancellationToken cancellationToken)
    {
        if (_before?.Version == version - 1)
            return _before;
        try
        {
            return _before = await _table.Log.GetAsync(version - 1, cancellationToken).ConfigureAwait(false);
        }
        catch (DataEngineXException) when (!isNeeded)
        {
            return null;
        }
    }

    private LogState Next(LogState state, LogEntry entry)
    {
        var builder = new LogStateBuilder(_table.Folder, state);
        builder.Apply(entry);
        return builder.Build();
    }

    private async IAsyncEnumerable<RecordBatch> ReadAsync(ChangedFile change, long version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hidden = await HiddenAsync(change, version, cancellationToken).ConfigureAwait(false);
        if (change.IsDifference && hidden is null)
            yield break;
        var scan = new TableScan { Version = version, Allocator = _allocator, BatchRows = _request.BatchRows };
        var wanted = change.Kind is null ? _withType : _columns;
        await foreach (var part in DataFileReader.PartsAsync(_table, change.File, _last.Columns, wanted, scan, hidden, cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    /// <summary>The rows of a file that the change does not touch; null for none, and where only a difference counts, for all.</summary>
    private async ValueTask<RowSet?> HiddenAsync(ChangedFile change, long version, CancellationToken cancellationToken)
    {
        var after = await LoadAsync(change.File, change.File.DeletionVector, cancellationToken).ConfigureAwait(false);
        if (!change.IsDifference)
            return after;
        var before = await LoadAsync(change.File, change.Before, cancellationToken).ConfigureAwait(false);
        var (whole, less) = change.Kind == ChangedFile.Delete ? (after, before) : (before, after);
        if (whole?.Except(less) is not { Count: > 0 } changed)
            return null;
        var rows = await DataFileReader.CountStoredAsync(_table, change.File, version, cancellationToken).ConfigureAwait(false);
        DataFileReader.CheckHidden(_table, change.File, changed, rows);
        return changed.Complement(rows);
    }

    private async ValueTask<RowSet?> LoadAsync(DataFile file, DeletionVectorSpec? vector, CancellationToken cancellationToken) => vector is null
        ? null
        : await DeletionVectors.ReadAsync(_table.Store, _table.Folder, file.Path, vector, cancellationToken).ConfigureAwait(false);

    private RecordBatch Complete(RecordBatch batch, ChangedFile change, long version, DateTimeOffset time)
    {
        using (batch)
        {
            var kind = change.Kind;
            if (kind is null && ChangedFile.FirstUnknown((StringArray)batch.Column(_columns.Fields.Count)) is { } unknown)
                throw new DataEngineXException($"Table {_table.Folder} cannot be read: its change file '{change.File.Path}' of version {version} says '{unknown}' of a row, which is none of {ChangedFile.Kinds}.");
            var arrays = new List<IArrowArray>(_schema.FieldsList.Count);
            try
            {
                for (var i = 0; i < batch.ColumnCount; i++)
                    arrays.Add(ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
                if (kind is not null)
                    arrays.Add(Constants.Create(StringType.Default, kind, batch.Length, _allocator));
                arrays.Add(Constants.Create(Int64Type.Default, version, batch.Length, _allocator));
                arrays.Add(Constants.Create(ArrowTypes.TimestampUtc, time, batch.Length, _allocator));
                return new RecordBatch(_schema, arrays, batch.Length);
            }
            catch
            {
                foreach (var array in arrays)
                    array.Dispose();
                throw;
            }
        }
    }
}
