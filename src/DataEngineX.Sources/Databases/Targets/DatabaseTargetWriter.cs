using System.Globalization;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Sources;

/// <summary>Stages the rows of a run, then brings them into the table in one transaction with the record of the run.</summary>
internal sealed class DatabaseTargetWriter : ITargetWriter
{
    private readonly DatabaseWrite _write;
    private readonly TargetSession _session;
    private readonly TargetColumns _columns;
    private readonly CommitLedger _ledger;
    private readonly StagedTable _rows;
    private readonly IFailpoints _failpoints;
    private StagedTable? _keys;
    private bool _over;

    internal DatabaseTargetWriter(DatabaseWrite write, TargetSession session)
    {
        _write = write;
        _session = session;
        _columns = new TargetColumns(write, session.Dialect);
        _ledger = new CommitLedger(session, write.Dataset, write.Target.Table);
        _rows = new StagedTable(session, write.Flow);
        _failpoints = write.Request.Context.Data.Services.GetService(typeof(IFailpoints)) as IFailpoints ?? NoFailpoints.Instance;
    }

    /// <summary>Refuses what cannot be written before the first row is read, and makes room for rows.</summary>
    internal async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        _columns.Changes(await _session.ColumnsAsync(_write.Target.Table, cancellationToken).ConfigureAwait(false));
        await _rows.CreateAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            using var plain = Dictionaries.Decode(batch, _write.Request.Context.Allocator);
            DemandKeys(plain);
            await _rows.AddAsync(plain, cancellationToken).ConfigureAwait(false);
        }

        await _failpoints.HitAsync(FailpointNames.DataFileOpen, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        if (_write.Request.Replaces?.Keys is { } keys)
        {
            using var plain = Dictionaries.Decode(keys, _write.Request.Context.Allocator);
            _keys = new StagedTable(_session, plain.Schema);
            await _keys.CreateAsync(cancellationToken).ConfigureAwait(false);
            await _keys.AddAsync(plain, cancellationToken).ConfigureAwait(false);
            await _keys.PrepareAsync([.. plain.Schema.FieldsList.Select(f => f.Name)], cancellationToken).ConfigureAwait(false);
        }

        await _rows.PrepareAsync([.. _write.Identity.Where(c => _write.Flow.FieldsList.Any(f => f.Name == c))], cancellationToken).ConfigureAwait(false);
        await _session.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InTransactionAsync(record, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _session.EndAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        try
        {
            await _session.EndAsync().ConfigureAwait(false);
            await _rows.DropAsync().ConfigureAwait(false);
            if (_keys is not null)
                await _keys.DropAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is TargetFailedException or InvalidOperationException)
        {
            // The connection is gone, and the tables with it.
        }
        finally
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<CommitResult> InTransactionAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        var table = _write.Target.Table;
        await LockAsync(table, exists: false, cancellationToken).ConfigureAwait(false);
        await _ledger.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (await DoneAsync(record, cancellationToken).ConfigureAwait(false) is { } done)
            return new CommitResult { Version = Text(done), AlreadyDone = true };
        var there = await _session.ColumnsAsync(table, cancellationToken).ConfigureAwait(false);
        if (there is not null)
        {
            await LockAsync(table, exists: true, cancellationToken).ConfigureAwait(false);
            there = await _session.ColumnsAsync(table, cancellationToken).ConfigureAwait(false);
        }

        foreach (var change in _columns.Changes(there))
            await _session.ExecuteAsync(change, cancellationToken).ConfigureAwait(false);
        var edit = new DatabaseEdit(_write, _session, _rows, _keys, record);
        var result = await edit.ApplyAsync(cancellationToken).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.DataFilesWritten, cancellationToken).ConfigureAwait(false);
        var version = await _ledger.PutAsync(record, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await _session.CommitAsync().ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.LogEntryWritten, CancellationToken.None).ConfigureAwait(false);
        return result with { Version = Text(version) };
    }

    private async ValueTask LockAsync(string table, bool exists, CancellationToken cancellationToken)
    {
        foreach (var sql in _session.Dialect.LockSql(table, exists))
            await _session.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The version in which this very commit was made already; null when it was not and may be.</summary>
    private async ValueTask<long?> DoneAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        if (await _ledger.FindAsync(record.Pipeline, cancellationToken).ConfigureAwait(false) is not var (last, version))
            return null;
        if (record.IsSameCommit(last))
            return version;
        record.DemandAfter(_write.Dataset, last, version);
        return null;
    }

    private void DemandKeys(RecordBatch rows)
    {
        foreach (var column in _write.NeverNull)
        {
            var cells = rows.Column(_write.Flow.GetFieldIndex(column));
            if (cells.NullCount == 0)
                continue;
            var row = 0;
            while (cells.IsValid(row))
                row++;
            throw new DataEngineXException(
                $"{_write.Dataset}: key column '{column}' may not be null, but row {_rows.Count + row} of the write, which is to be written by {_write.Target.Disposition}, has no value in it.");
        }
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
