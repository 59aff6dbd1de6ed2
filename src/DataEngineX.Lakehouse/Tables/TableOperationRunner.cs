using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Applies operations to a table.</summary>
internal sealed class TableOperationRunner(TableContext table)
{
    internal async ValueTask<CommitResult> ApplyAsync(TableOperation operation, CancellationToken cancellationToken)
    {
        var begun = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{table.Id} has no version yet.");
        DeltaProtocol.CheckWritable(table.Folder, begun);
        return operation switch
        {
            DeleteRows delete => await EditAsync(begun, delete, TableEdits.Delete(delete.Where), cancellationToken).ConfigureAwait(false),
            UpdateRows update => await EditAsync(begun, update, TableEdits.Update(update.Where, update.Set), cancellationToken).ConfigureAwait(false),
            ReplaceRows replace => await WithSourceAsync(
                begun, replace, replace.Source, [], replace.Where, rows => TableEdits.Replace(replace.Where, rows), cancellationToken).ConfigureAwait(false),
            MergeRows merge => await WithSourceAsync(
                begun, merge, merge.Source, merge.Key, null, rows => TableEdits.Merge(merge.Key, merge.Clauses, rows), cancellationToken).ConfigureAwait(false),
            CompactFiles compact => await new TableCompaction(table, begun, compact).RunAsync(cancellationToken).ConfigureAwait(false),
            _ => await new TableDescriber(table, begun).ApplyAsync(operation, cancellationToken).ConfigureAwait(false),
        };
    }

    private async ValueTask<CommitResult> EditAsync(LogState begun, TableOperation operation, TableEdit edit, CancellationToken cancellationToken)
    {
        foreach (var set in edit.Actions.Select(a => a.Set).Concat(edit.Inserts.Select(i => i.Set)).OfType<IReadOnlyList<Expressions.NamedExpr>>())
            EditColumns.Check(table.Id, begun.Schema, set);
        var intent = new CommitIntent { Operation = edit.Operation, PartitionColumns = begun.Metadata.PartitionColumns, Key = edit.Key, KeepsRows = edit.Actions.Count == 0 };
        var run = new EditRun(table, intent, begun.Schema, begun, operation.Allocator);
        await using var open = run.ConfigureAwait(false);
        return await run.CommitAsync((_, _, _) => ValueTask.FromResult(edit), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the source once and keeps its rows, because more than one plan looks at them.</summary>
    private async ValueTask<CommitResult> WithSourceAsync(
        LogState begun, TableOperation operation, PlanNode source, IReadOnlyList<string> key, Expressions.Expr? where,
        Func<StagedRows, TableEdit> edit, CancellationToken cancellationToken)
    {
        var run = await table.Engine.OpenAsync(new Flow(source), operation.Allocator as TrackingAllocator, cancellationToken).ConfigureAwait(false);
        var allocator = operation.Allocator ?? Apache.Arrow.Memory.MemoryAllocator.Default.Value;
        var form = TableColumns.OfNew(run.Schema);
        var columns = where is null ? TableColumns.Fit(table.Id, form, run.Schema) : TableColumns.Fit(table.Id, begun.Schema, run.Schema);
        CheckKey(begun, form, key);
        var blanks = new BlankPartitions(columns.Schema, begun.Metadata.PartitionColumns);
        var condition = where is null ? null : new RowCondition(where, begun.Schema, new RunParameters(table.Clock.GetUtcNow()));
        var rows = new StagedRows(columns.Schema, key, table, begun.Columns);
        await using var open = rows.ConfigureAwait(false);
        await foreach (var batch in run.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var fitted = blanks.Apply(columns.Fit(batch, allocator), allocator);
                if (condition?.FirstViolation(fitted) is var (row, values))
                {
                    fitted.Dispose();
                    throw new DataEngineXException(
                        $"{table.Id}: only rows may be written for which {where!.Canonical} is true, but row {rows.Count + row} of the source has {values}.");
                }

                await rows.TakeAsync(fitted, cancellationToken).ConfigureAwait(false);
            }
        }

        return await EditAsync(begun, operation, edit(rows), cancellationToken).ConfigureAwait(false);
    }

    private void CheckKey(LogState begun, Apache.Arrow.Schema source, IReadOnlyList<string> key)
    {
        foreach (var column in key)
        {
            if (begun.Columns.Find(column) is null)
                throw new PlanException($"{table.Id} has no key column '{column}'.", column: column);
            if (!source.FieldsList.Any(f => string.Equals(f.Name, column, StringComparison.Ordinal)))
                throw new PlanException($"The source has no key column '{column}'.", column: column);
        }
    }
}
