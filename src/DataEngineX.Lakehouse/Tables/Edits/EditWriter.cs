using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Writes what an edit found: files with changed rows anew, or what changed beside deletion vectors, and new rows.</summary>
internal sealed class EditWriter(TableContext table, LogState? state, Schema schema, TableEdit edit, EditFind find, EditOutput output, PlanLog plans)
{
    private const long SmallFile = 8 << 20;
    private const int SmallFiles = 32;

    /// <summary>Whether changed rows are told in files of their own: the table wants it, and added and removed files alone would tell too much.</summary>
    private readonly bool _tells = state is not null && new DeltaSettings(state.Metadata).KeepsChangeFeed && find.Updated + find.Deleted > 0;

    private readonly RowRules _rules = RowRules.Of(table.Id, state, schema);

    internal async ValueTask<TableChange> WriteAsync(DeletionVectorWriter vectors, CancellationToken cancellationToken)
    {
        var changed = find.Files.Select((f, i) => new EditedFile(f, i)).Where(f => find.Marks.Any(f.Number)).ToList();
        if (_tells)
            await TellBeforeAsync(changed, cancellationToken).ConfigureAwait(false);
        var (removed, revised) = state is not null && new DeltaSettings(state.Metadata).WritesDeletionVectors
            ? await HideAsync(changed, vectors, cancellationToken).ConfigureAwait(false)
            : (await RewriteAsync(changed, cancellationToken).ConfigureAwait(false), []);
        var before = output.Rows;
        await InsertAsync(cancellationToken).ConfigureAwait(false);
        var inserted = output.Rows - before;
        var (rows, changes) = await output.FinishAsync(cancellationToken).ConfigureAwait(false);
        return new TableChange
        {
            Operation = edit.Operation,
            Removed = removed,
            Added = [.. revised, .. rows],
            Changes = changes,
            Inserted = inserted,
            Updated = find.Updated,
            Deleted = find.Deleted,
            Deduplicated = edit.Deduplicated + find.Losers.Count,
            Unchanged = edit.RowsIn is { } rowsIn
                ? rowsIn - edit.Deduplicated - inserted
                : (edit.Source?.Count ?? 0) - find.Losers.Count - inserted - find.UpdatedBySource,
            Read = find.Read,
            Explain = plans.ToString(),
        };
    }

    /// <summary>Writes files with changed rows anew, in the order in which their rows were as far as the source fits in memory.</summary>
    private async ValueTask<IReadOnlyList<DataFile>> RewriteAsync(List<EditedFile> changed, CancellationToken cancellationToken)
    {
        var files = edit.FoldsSmallFiles && (changed.Count > 0 || HasInserts) ? WithSmallFiles(changed) : changed;
        var read = files.Select(f => f with { Without = find.Marks.Deleted(f.Number) }).Where(f => LiveRows(f.File) != f.Without?.Count).ToList();
        await UpdateAsync(read, cancellationToken).ConfigureAwait(false);
        return [.. files.Select(f => f.File)];
    }

    /// <summary>Hides changed rows by deletion vectors and writes only those that were updated.</summary>
    private async ValueTask<(IReadOnlyList<DataFile> Removed, IReadOnlyList<AddAction> Revised)> HideAsync(
        List<EditedFile> changed, DeletionVectorWriter vectors, CancellationToken cancellationToken)
    {
        var revised = new List<AddAction>();
        foreach (var file in changed)
        {
            var hidden = await file.HiddenAsync(table, cancellationToken).ConfigureAwait(false) ?? new RowSet();
            hidden.Add(find.Marks.Changed(file.Number)!);
            var rows = await DataFileReader.CountStoredAsync(table, file.File, null, cancellationToken).ConfigureAwait(false);
            if (hidden.Count < rows)
                revised.Add(vectors.Hide(file.File, rows, hidden));
        }

        await vectors.FinishAsync(cancellationToken).ConfigureAwait(false);
        var updated = changed.Select(f => f with { Only = find.Marks.Updated(f.Number) }).Where(f => f.Only is not null).ToList();
        await UpdateAsync(updated, cancellationToken).ConfigureAwait(false);
        return ([.. changed.Select(f => f.File)], revised);
    }

    private async ValueTask UpdateAsync(List<EditedFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return;
        var flow = EditedRows.Of(table, state!, schema, files, find.Marks);
        if (find.UpdatedBySource > 0)
            flow = KeyMatch.Join(flow, Flow.From(new StagedSource(edit.Source!, find.Losers)), schema, edit, JoinKind.Left);
        var actions = edit.Actions.Select(a => a.Match == MergeMatch.Matched && find.UpdatedBySource == 0 ? a with { Set = [] } : a).ToList();
        flow = flow.Select([.. EditColumns.Updated(schema, actions), Col(RowAction.Column), .. Numbers()]);
        await foreach (var written in plans.RunAsync("write", flow, cancellationToken).ConfigureAwait(false))
        {
            using (var batch = output.Blanks.Apply(written, output.Allocator))
            {
                _rules.Check(batch);
                await output.WriteAsync(batch, areNew: false, cancellationToken).ConfigureAwait(false);
                if (_tells && find.Updated > 0)
                    await TellAfterAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Rows keep their numbers; those that are updated get the version of this commit, which they have where nothing else is said.</summary>
    private NamedExpr[] Numbers() => state is null || RowNumberColumns.Of(state) is null
        ? []
        :
        [
            Col(RowNumberColumns.NumberOfRow).As(RowNumberColumns.NumberOfRow),
            If(Col(RowAction.Column) > 0, Lit(null).Cast(Int64Type.Default), Col(RowNumberColumns.VersionOfRow)).As(RowNumberColumns.VersionOfRow),
        ];

    private bool HasInserts => edit.Inserts.Count > 0 && edit.Source is { } source
        && source.Count > find.Losers.Count + (edit.InsertsMatched ? 0 : find.Matched.Count);

    private async ValueTask InsertAsync(CancellationToken cancellationToken)
    {
        if (!HasInserts)
            return;
        var without = new RowSet();
        without.Add(find.Losers);
        if (!edit.InsertsMatched)
            without.Add(find.Matched);
        var flow = Flow.From(new StagedSource(edit.Source!, without));
        if (edit.Inserts.Count > 1 || edit.Inserts[0].Condition is not null)
            flow = flow.Derive(Choice().As(RowAction.Column)).Where(Col(RowAction.Column) > 0);
        flow = flow.Select([.. EditColumns.Inserted(schema, edit.Inserts)]);
        await foreach (var written in plans.RunAsync("insert", flow, cancellationToken).ConfigureAwait(false))
        {
            using (var batch = output.Blanks.Apply(written, output.Allocator))
            {
                _rules.Check(batch);
                await output.WriteAsync(batch, areNew: true, cancellationToken).ConfigureAwait(false);
                if (_tells)
                    await output.TellAsync(batch, ChangedFile.Insert, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The number of the first insert that applies, from 1.</summary>
    private Expr Choice()
    {
        Expr number = 0;
        for (var i = edit.Inserts.Count - 1; i >= 0; i--)
            number = edit.Inserts[i].Condition is { } condition ? If(condition, i + 1, number) : i + 1;
        return number;
    }

    private async ValueTask TellBeforeAsync(List<EditedFile> changed, CancellationToken cancellationToken)
    {
        var deleting = edit.Actions.Index().Where(a => a.Item.Deletes).Select(a => (object?)(a.Index + 1)).ToList();
        var kind = deleting.Count == 0
            ? Lit(ChangedFile.UpdateBefore)
            : If(Col(RowAction.Column).IsIn(deleting), ChangedFile.Delete, ChangedFile.UpdateBefore);
        var files = changed.Select(f => f with { Only = find.Marks.Changed(f.Number) }).ToList();
        var flow = EditedRows.Of(table, state!, schema, files, find.Marks)
            .Select([.. schema.FieldsList.Select(f => Col(f.Name).As(f.Name)), kind.As(TableChanges.TypeColumn)]);
        await foreach (var batch in plans.RunAsync("tell", flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                await output.TellAsync(batch, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TellAfterAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        var actions = ((Int32Array)batch.Column(schema.FieldsList.Count)).Values;
        var updated = new List<int>();
        for (var i = 0; i < actions.Length; i++)
        {
            if (actions[i] > 0)
                updated.Add(i);
        }

        if (updated.Count == 0)
            return;
        using var rows = Selection.Take(batch, [.. updated], output.Allocator);
        await output.TellAsync(rows, ChangedFile.UpdateAfter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Many small files make every read slow: once a partition has many, a commit that writes anyway takes them along.</summary>
    private List<EditedFile> WithSmallFiles(List<EditedFile> changed)
    {
        if (state is null || state.Files.Count <= SmallFiles)
            return changed;
        var partitions = new FilePartitions(state.Columns);
        var folded = state.Files.Where(f => f.Size < SmallFile).GroupBy(partitions.NameOf, StringComparer.Ordinal).Where(g => g.Count() > SmallFiles)
            .SelectMany(g => g).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        if (folded.Count == 0)
            return changed;
        var numbers = find.Files.Index().ToDictionary(f => f.Item.Path, f => f.Index, StringComparer.Ordinal);
        var next = find.Files.Count;
        return
        [
            .. state.Files.Select(f => new EditedFile(f, numbers.TryGetValue(f.Path, out var number) ? number : next++))
                .Where(f => folded.Contains(f.File.Path) || find.Marks.Any(f.Number)),
        ];
    }

    private static long? LiveRows(DataFile file) => file.StoredRows - (file.DeletionVector?.Cardinality ?? 0);
}
