using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>
/// Works out the history of the keys that states arrived for: their states so far and the new ones are put in the order of the times from which they
/// hold, a state equal to the one before it is folded, and each ends where the next begins. What comes out is a source by which the table is edited.
/// </summary>
internal sealed class HistoryPlan(TableContext table, LogState? state, TableWriteRequest request, Schema schema, StagedRows arrived, PlanLog plans)
{
    /// <summary>Where a state comes from: 0 for the table, else the number of the row that brought it, from 1.</summary>
    private const string Origin = "$origin";

    private const string Rank = "$rank";
    private const string Before = "$before.";

    /// <summary>Whether a state is the same as the one before it.</summary>
    private const string Folded = "$folded";

    private readonly HistoryColumns _columns = request.History;

    /// <summary>The columns of <see cref="PlanAsync"/>'s states.</summary>
    internal Schema StatesSchema => new([.. schema.FieldsList, new Field(Folded, BooleanType.Default, nullable: true)], null);

    private string[] Identity => [.. request.Key, _columns.ValidFrom];

    /// <summary>The columns that make a state what it is; where it was read is not among them.</summary>
    private IEnumerable<string> Values => schema.FieldsList.Select(f => f.Name)
        .Except([.. Identity, _columns.ValidTo, _columns.IsCurrent, RowOrigin.FileColumn, RowOrigin.LineColumn, RowOrigin.RunColumn], StringComparer.Ordinal);

    /// <summary>The edit.</summary>
    /// <param name="states">Filled with the states of all keys concerned.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask<TableEdit> PlanAsync(StagedRows states, CancellationToken cancellationToken)
    {
        var losers = await SourceChoices.LosersAsync(arrived, Identity, SourceChoice.Last, plans, cancellationToken).ConfigureAwait(false);
        var rows = Flow.From(new StagedSource(arrived, losers)).Select([.. schema.FieldsList.Select(Arrived), (Col(StagedSource.Row) + 1L).As(Origin)]);
        if (state is not null && arrived.Count > 0)
            rows = Known(state).Union(rows);
        var ordered = new StagedRows(StatesSchema, [], table);
        await using var open = ordered.ConfigureAwait(false);
        await StageAsync("order", Ordered(rows), ordered, cancellationToken).ConfigureAwait(false);
        await StageAsync("close", Closed(Flow.From(new StagedSource(ordered)).Select(EditColumns.OfSource(StatesSchema))), states, cancellationToken).ConfigureAwait(false);
        return Edit(states) with { RowsIn = arrived.Count, Deduplicated = losers.Count };
    }

    /// <summary>The states that the table has of the keys.</summary>
    private Flow Known(LogState version)
    {
        var files = version.Files.Where(arrived.Keys.MayHold).Select((f, i) => new EditedFile(f, i)).ToList();
        var keys = new TableEdit { Operation = TableOperations.NameOf(request.Disposition), Key = request.Key, Source = arrived };
        return KeyMatch.Join(
                EditedRows.Of(table, version, schema, files), Flow.From(new StagedSource(arrived)), version.Schema, keys, JoinKind.Semi)
            .Select([.. schema.FieldsList.Select(f => Col(f.Name).As(f.Name)), Lit(0L).As(Origin)]);
    }

    private NamedExpr Arrived(Field field) => (arrived.Schema.FieldsList.Any(f => f.Name == field.Name)
        ? MergeClause.Source(field.Name)
        : field.Name == _columns.ValidFrom ? request.Record.Timestamp : Lit(null)).Cast(field.DataType).As(field.Name);

    /// <summary>One state for each key and time, the last that came; those that repeat the one before are told.</summary>
    private Flow Ordered(Flow rows)
    {
        var repeats = Values.Select(v => Col(v).IsNotDistinctFrom(Col(Before + v))).Aggregate(Col(Rank) > 1L, (all, one) => all & one);
        return rows
            .Window(Identity, [new OrderKey(Origin, Descending: true)], WindowColumn.RowNumber().As(Rank))
            .Where(Col(Rank) == 1L)
            .Drop(Rank)
            .Window(
                request.Key, [new OrderKey(_columns.ValidFrom)],
                [WindowColumn.RowNumber().As(Rank), .. Values.Select(v => WindowColumn.Lag(Col(v)).As(Before + v))])
            .Select([.. schema.FieldsList.Select(f => Col(f.Name).As(f.Name)), (_columns.KeepsRepeats ? Lit(false) : repeats).As(Folded)]);
    }

    /// <summary>States end where the next one begins; those that are folded stay out of it.</summary>
    private Flow Closed(Flow states)
    {
        var kept = states.Where(!Col(Folded)).Drop(_columns.ValidTo, _columns.IsCurrent)
            .Window(request.Key, [new OrderKey(_columns.ValidFrom)], WindowColumn.Lead(Col(_columns.ValidFrom)).As(_columns.ValidTo))
            .Derive(Col(_columns.ValidTo).IsNull().As(_columns.IsCurrent));
        NamedExpr[] columns = [.. StatesSchema.FieldsList.Select(f => Col(f.Name).As(f.Name))];
        return kept.Select(columns).Union(states.Where(Col(Folded)).Select(columns));
    }

    private TableEdit Edit(StagedRows states)
    {
        var folded = MergeClause.Source(Folded);
        var set = EditColumns.OfSource(schema);
        var differs = Values.Append(_columns.ValidTo).Append(_columns.IsCurrent)
            .Select(name => Col(name).IsDistinctFrom(MergeClause.Source(name)))
            .Aggregate((any, one) => any | one);
        return new TableEdit
        {
            Operation = TableOperations.NameOf(request.Disposition),
            Key = Identity,
            Source = states,
            Actions = [new RowAction(MergeMatch.Matched, folded, null), new RowAction(MergeMatch.Matched, differs, set)],
            Inserts = [new RowInsert(!folded, set)],
            FoldsSmallFiles = true,
        };
    }

    private async ValueTask StageAsync(string name, Flow flow, StagedRows rows, CancellationToken cancellationToken)
    {
        await foreach (var batch in plans.RunAsync(name, flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                // A plan may know better that a column has no nulls; what is staged has the columns of the table.
                var arrays = rows.Schema.FieldsList.Select((_, i) => ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
                await rows.TakeAsync(new RecordBatch(rows.Schema, arrays, batch.Length), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
