using System.Globalization;
using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Puts the next entry of a table's log, after the newest version or not at all.</summary>
internal sealed class TableCommitter(TableContext table, CommitIntent intent, Schema schema, LogState? begun)
{
    private readonly ConflictCheck _conflicts = new(table, intent.Record?.RunId, begun);

    /// <summary>Whether data files may be named by the log: they must not be deleted any more.</summary>
    internal bool MayBePublished { get; private set; }

    /// <summary>Commits.</summary>
    /// <param name="prepare">Computes the change against the newest version; called once.</param>
    /// <param name="cancellationToken">Ends the work while nothing is visible.</param>
    internal async ValueTask<CommitResult> CommitAsync(
        Func<LogState?, CancellationToken, ValueTask<TableChange>> prepare, CancellationToken cancellationToken)
    {
        TableChange? change = null;
        while (true)
        {
            var state = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false);
            var prior = PriorCommit.Of(table.Id, state, intent.Record, intent.PublishedSequence);
            if (prior.Done is { } done)
                return new CommitResult { Version = done.ToString(CultureInfo.InvariantCulture), AlreadyDone = true };
            CheckTable(state);
            if (prior.TakenBack is var (pending, left))
            {
                await new PendingCommit(table, pending, left).TakeBackAsync(state!, intent.Record!.FencingToken, cancellationToken).ConfigureAwait(false);
                await table.Failpoints.HitAsync(FailpointNames.PendingTakenBack, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (change is null)
            {
                change = WithColumns(await prepare(state, cancellationToken).ConfigureAwait(false));
                await table.Failpoints.HitAsync(FailpointNames.DataFilesWritten, cancellationToken).ConfigureAwait(false);
            }

            var whole = WithDomains(change, state);
            if (IsNothing(whole, state))
                return Result(whole, state?.Version);
            await table.Failpoints.HitAsync(FailpointNames.BeforeConflictCheck, cancellationToken).ConfigureAwait(false);
            await _conflicts.CheckAsync(whole, state, cancellationToken).ConfigureAwait(false);
            var version = (state?.Version ?? -1) + 1;
            if (!await TryPutAsync(version, state, whole, cancellationToken).ConfigureAwait(false))
            {
                await table.Failpoints.HitAsync(FailpointNames.RaceLost, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await table.Failpoints.HitAsync(FailpointNames.LogEntryWritten, CancellationToken.None).ConfigureAwait(false);
            await TableCheckpoints.AfterAsync(table, version, cancellationToken).ConfigureAwait(false);
            return Result(whole, version);
        }
    }

    private TableChange WithColumns(TableChange change) => intent.Columns is { Metadata: { } metadata } columns
        ? change with { Metadata = metadata, Protocol = columns.Protocol }
        : change;

    /// <summary>The record of a pipeline is a metadata domain: a table of another writer that does not know these is made to.</summary>
    private TableChange WithDomains(TableChange change, LogState? state)
    {
        if (state is null || intent.Record is null)
            return change;
        var protocol = change.Protocol ?? state.Protocol;
        return ProtocolFeatures.OfWriters(protocol).Contains(DeltaProtocol.DomainMetadata, StringComparer.Ordinal)
            ? change
            : change with { Protocol = ProtocolFeatures.With(protocol, DeltaProtocol.DomainMetadata) };
    }

    private static CommitResult Result(TableChange change, long? version) => new()
    {
        Version = version?.ToString(CultureInfo.InvariantCulture) ?? "",
        Inserted = change.Inserted,
        Updated = change.Updated,
        Unchanged = change.Unchanged,
        Deduplicated = change.Deduplicated,
        Deleted = change.Deleted,
        Explain = change.Explain,
    };

    /// <summary>
    /// A target's commit without rows is written when it moves the cursor; a side output's never is, so that a pipeline that sets nothing aside has
    /// no quarantine table.
    /// </summary>
    private bool IsNothing(TableChange change, LogState? state)
    {
        if (change.Added.Count > 0 || change.Removed.Count > 0 || change.Metadata is not null)
            return false;
        return intent.PublishedSequence is not null
            || intent.Record is not { } record
            || (PipelineRecords.Of(state, record.Pipeline) is var (last, _)
                && string.Equals(last.RunKey, record.RunKey, StringComparison.Ordinal) && last.Cursor.Equals(record.Cursor));
    }

    private async ValueTask<bool> TryPutAsync(long version, LogState? state, TableChange change, CancellationToken cancellationToken)
    {
        var content = LogEntryComposer.Compose(table.Id, state, schema, change, intent, table.Clock.GetUtcNow());

        await table.Failpoints.HitAsync(FailpointNames.BeforeLogEntry, cancellationToken).ConfigureAwait(false);

        // If this call fails, nobody knows whether the entry is there: then the data files must stay.
        cancellationToken.ThrowIfCancellationRequested();
        MayBePublished = true;
        var won = await table.Store.PutIfAbsentAsync(
            $"{table.Folder}/{LogNames.Folder}/{LogNames.Entry(version)}", content, cancellationToken).ConfigureAwait(false);
        MayBePublished = won;
        return won;
    }

    private void CheckTable(LogState? state)
    {
        if (state is null)
            return;
        DeltaProtocol.CheckWritable(table.Folder, state, intent.OnlyAdds);
        if (!intent.KeepsRows && new DeltaSettings(state.Metadata).IsAppendOnly)
            throw new DataEngineXException($"{table.Id} is append-only; its rows can be neither replaced nor changed.");
        if (!state.Metadata.PartitionColumns.SequenceEqual(intent.PartitionColumns, StringComparer.Ordinal))
        {
            throw new CommitConflictException(
                table.Id, $"{intent} has rows for partitions by ({string.Join(", ", intent.PartitionColumns)}), but the table has them by ({string.Join(", ", state.Metadata.PartitionColumns)}) now.");
        }

        if (begun is null && state.Columns.Mapping != ColumnMapping.None)
            throw new CommitConflictException(table.Id, $"{intent} began before the table existed, whose columns have other names in its files.");
        if (intent.Columns?.Metadata is not null)
            return;
        _ = TableColumns.Fit(table.Id, state.Schema, schema);
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            var field = schema.FieldsList[i];
            if (field.IsNullable && state.Schema.GetFieldByName(field.Name) is { IsNullable: false })
            {
                throw new CommitConflictException(
                    table.Id, $"{intent} began before the table existed and may have nulls in '{field.Name}', which version 0 forbids.");
            }
        }
    }
}
