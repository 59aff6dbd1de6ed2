using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Finds the rows that an edit changes, as plans over the columns that its conditions and keys need.</summary>
internal sealed class EditFinder(TableContext table, LogState? state, Schema schema, TableEdit edit, PlanLog plans)
{
    private readonly RowSet _matched = new();
    private readonly Dictionary<int, RowSet> _seen = [];
    private readonly WholeFiles? _whole = state is null ? null : WholeFiles.Of(edit, state, table.Clock);
    private long _updated;
    private long _updatedBySource;
    private long _deleted;

    internal async ValueTask<EditFind> FindAsync(CancellationToken cancellationToken)
    {
        var losers = edit.Source is { } source
            ? await SourceChoices.LosersAsync(source, edit.Key, edit.Choice, plans, cancellationToken, edit.Sequence).ConfigureAwait(false)
            : new RowSet();
        IReadOnlyList<DataFile> files = state is null || !Looks ? [] : [.. state.Files.Where(f => MayConcern(f, state))];
        var marks = new RowMarks(files.Count, edit.Actions);
        var read = await WithoutWholeFilesAsync(files, marks, cancellationToken).ConfigureAwait(false);
        if (read.Count > 0)
        {
            await foreach (var batch in plans.RunAsync("find", Flow(state!, read, losers), cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                    await MarkAsync(batch, marks, cancellationToken).ConfigureAwait(false);
            }
        }

        return new EditFind(files, marks, _matched, losers)
        {
            Updated = _updated,
            UpdatedBySource = _updatedBySource,
            Deleted = _deleted,
            Read = ReadSet.Of(state, files, file => MayConcern(file, state)),
        };
    }

    /// <summary>Whether any row of the table can matter.</summary>
    private bool Looks => (edit.Actions.Count > 0 || edit.LooksForPartners) && (edit.Partners is not { Count: 0 } || !NeedsPartner);

    /// <summary>Whether rows without a partner in the source stay as they are.</summary>
    private bool NeedsPartner => edit.Partners is not null && !edit.FiltersOnly && edit.Actions.All(a => a.Match == MergeMatch.Matched);

    private bool MayConcern(DataFile file, LogState? version) => _whole is not null ? Looks && _whole.Applies(file) : Looks
        && (edit.Filter is not { } filter || version is null || FilePruning.MayMatch(file, version.Columns, filter))
        && (!NeedsPartner || edit.Partners!.Keys.MayHold(file));

    /// <summary>Marks all rows of files that go as a whole, and gives the others, whose rows must be looked at.</summary>
    private async ValueTask<IReadOnlyList<EditedFile>> WithoutWholeFilesAsync(IReadOnlyList<DataFile> files, RowMarks marks, CancellationToken cancellationToken)
    {
        if (_whole is null)
            return [.. files.Select((f, i) => new EditedFile(f, i))];
        foreach (var (number, file) in files.Index())
        {
            var hidden = await new EditedFile(file, number).HiddenAsync(table, cancellationToken).ConfigureAwait(false) ?? new RowSet();
            var rows = hidden.Complement(await DataFileReader.CountStoredAsync(table, file, null, cancellationToken).ConfigureAwait(false));
            marks.Mark(number, rows, 1);
            if (edit.Actions[0].Deletes)
                _deleted += rows.Count;
            else
                _updated += rows.Count;
        }

        return [];
    }

    private Flow Flow(LogState version, IReadOnlyList<EditedFile> files, RowSet losers)
    {
        var rows = EditedRows.Of(table, version, schema, files);
        var position = Col(RowPosition.Column).As(RowPosition.Column);
        if (edit.Filter is { } filter)
            rows = rows.Where(filter);
        if (edit.Partners is null || edit.FiltersOnly || edit.AsksOnlyWhether)
        {
            if (edit.Partners is { } keys && edit.AsksOnlyWhether)
                rows = KeyMatch.Join(rows, Pipelines.Flow.From(new StagedSource(keys)), schema, edit, JoinKind.Semi);
            return rows.Select(position, Number(_ => null).As(RowAction.Column)).Where(Col(RowAction.Column) > 0);
        }

        var byOthers = edit.Actions.Any(a => a.Match == MergeMatch.NotMatchedBySource);
        var source = Pipelines.Flow.From(new StagedSource(edit.Source!, losers));
        var row = Col(StagedSource.Row);
        var action = byOthers
            ? Number(a => a.Match == MergeMatch.Matched ? row.IsNotNull() : row.IsNull())
            : Number(_ => null);
        return KeyMatch.Join(rows, source, schema, edit, byOthers ? JoinKind.Left : JoinKind.Inner)
            .Select(position, action.As(RowAction.Column), row.As(StagedSource.Row));
    }

    /// <summary>The number of the first action that applies, or 0.</summary>
    private Expr Number(Func<RowAction, Expr?> match)
    {
        Expr number = 0;
        for (var i = edit.Actions.Count - 1; i >= 0; i--)
        {
            var condition = (match(edit.Actions[i]), edit.Actions[i].Condition) switch
            {
                ({ } m, { } c) => m & c,
                var (m, c) => m ?? c,
            };
            number = condition is null ? i + 1 : If(condition, i + 1, number);
        }

        return number;
    }

    private async ValueTask MarkAsync(RecordBatch batch, RowMarks marks, CancellationToken cancellationToken)
    {
        var positions = (Int64Array)batch.Column(0);
        var actions = (Int32Array)batch.Column(1);
        var sources = batch.ColumnCount > 2 ? (Int64Array)batch.Column(2) : null;
        for (var i = 0; i < batch.Length; i++)
        {
            var (position, action) = (positions.Values[i], actions.Values[i]);
            long? source = sources is not null && sources.IsValid(i) ? sources.Values[i] : null;
            if (source is { } row)
            {
                if (!See(position))
                    throw await AmbiguousAsync(row, cancellationToken).ConfigureAwait(false);
                if (edit.KeepsOneOfKey && _matched.Contains(row))
                    action = Dropped(marks);
                _matched.Add(row);
            }

            if (action == 0)
                continue;
            marks.Mark(position, action);
            var deletes = marks.Actions[action - 1].Deletes;
            _deleted += deletes ? 1 : 0;
            _updated += deletes ? 0 : 1;
            _updatedBySource += !deletes && source is not null ? 1 : 0;
        }
    }

    private static int Dropped(RowMarks marks)
    {
        for (var i = 0; i < marks.Actions.Count; i++)
        {
            if (marks.Actions[i].Deletes)
                return i + 1;
        }

        throw new InvalidOperationException("An edit that keeps one row of a key needs an action that deletes.");
    }

    /// <summary>Whether a row of the table has met its first source row.</summary>
    private bool See(long position)
    {
        var file = RowPosition.FileOf(position);
        if (!_seen.TryGetValue(file, out var seen))
            _seen[file] = seen = new RowSet();
        if (seen.Contains(RowPosition.RowOf(position)))
            return false;
        seen.Add(RowPosition.RowOf(position));
        return true;
    }

    private async ValueTask<DataEngineXException> AmbiguousAsync(long source, CancellationToken cancellationToken)
    {
        var flow = Pipelines.Flow.From(new StagedSource(edit.Source!))
            .Where(Col(StagedSource.Row) == source)
            .Select([.. edit.Key.Select(k => MergeClause.Source(k).Cast(Apache.Arrow.Types.StringType.Default).As(k))]);
        var key = "";
        await foreach (var batch in plans.RunAsync("name", flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                key = string.Join(", ", edit.Key.Select((k, i) => $"{k} = {((StringArray)batch.Column(i)).GetString(0)}"));
        }

        return new DataEngineXException($"{table.Id}: several source rows have the key of one row of the table ({key}); a {edit.Operation} must find one at most.");
    }
}
