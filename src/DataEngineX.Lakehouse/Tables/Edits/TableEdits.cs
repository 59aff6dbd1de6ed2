using DataEngineX.Expressions;
using Schema = Apache.Arrow.Schema;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>What dispositions and operations mean for the rows of a table.</summary>
internal static class TableEdits
{
    internal static TableEdit Delete(Expr where) => new()
    {
        Operation = TableOperations.Delete,
        Filter = where,
        Actions = [new RowAction(MergeMatch.NotMatchedBySource, null, null)],
    };

    internal static TableEdit Update(Expr where, IReadOnlyList<NamedExpr> set) => new()
    {
        Operation = TableOperations.Update,
        Filter = where,
        Actions = [new RowAction(MergeMatch.NotMatchedBySource, null, set)],
    };

    /// <summary>New rows in the place of those that a condition holds for.</summary>
    internal static TableEdit Replace(Expr where, StagedRows source) => new()
    {
        Operation = TableOperations.Replace,
        Filter = where,
        Actions = [new RowAction(MergeMatch.NotMatchedBySource, null, null)],
        Source = source,
        Inserts = [Whole(source.Schema)],
        InsertsMatched = true,
        FiltersOnly = true,
    };

    /// <summary>New rows in the place of those that have one of some keys, null being a value, and satisfy a condition where there is one.</summary>
    internal static TableEdit Replace(IReadOnlyList<string> key, StagedRows keys, Expr? where, StagedRows source) => new()
    {
        Filter = where,
        Operation = TableOperations.Replace,
        Key = key,
        Keys = keys,
        NullsMatch = true,
        AsksOnlyWhether = true,
        Actions = [new RowAction(MergeMatch.Matched, null, null)],
        Source = source,
        Inserts = [Whole(source.Schema)],
        InsertsMatched = true,
    };

    /// <summary>The merge that clauses describe.</summary>
    internal static TableEdit Merge(IReadOnlyList<string> key, IReadOnlyList<MergeClause> clauses, StagedRows source)
    {
        var all = EditColumns.OfSource(source.Schema);
        return new TableEdit
        {
            Operation = TableOperations.Merge,
            Key = key,
            Source = source,
            Actions = [.. clauses.Where(c => c.Action != MergeAction.Insert)
                .Select(c => new RowAction(c.Match, c.Condition, c.Action == MergeAction.Delete ? null : c.Set ?? all))],
            Inserts = [.. clauses.Where(c => c.Action == MergeAction.Insert).Select(c => new RowInsert(c.Condition, c.Set ?? all))],
            LooksForPartners = true,
        };
    }

    /// <summary>What a disposition with a key means.</summary>
    internal static TableEdit Of(WriteDisposition disposition, IReadOnlyList<string> key, string? sequence, StagedRows source)
    {
        var edit = new TableEdit
        {
            Operation = TableOperations.NameOf(disposition),
            Key = key,
            Source = source,
            Inserts = [Whole(source.Schema)],
            FoldsSmallFiles = true,
        };
        var replaced = new RowAction(MergeMatch.Matched, null, null);
        return disposition switch
        {
            WriteDisposition.Upsert => edit with { Choice = SourceChoice.Last, KeepsOneOfKey = true, Sequence = sequence, Actions = Upserts(source.Schema, key, sequence) },
            WriteDisposition.InsertOnly => edit with { Choice = SourceChoice.First, LooksForPartners = true },
            WriteDisposition.DeleteInsert => edit with { Actions = [replaced], AsksOnlyWhether = true, InsertsMatched = true },
            WriteDisposition.ReplacePartition => edit with { Actions = [replaced], AsksOnlyWhether = true, InsertsMatched = true, NullsMatch = true },
            _ => throw new ArgumentOutOfRangeException(nameof(disposition), disposition, "Unknown disposition."),
        };
    }

    /// <summary>A row is replaced when it differs and is not newer. The second action is for what a table holds of a key beyond the first row.</summary>
    private static IReadOnlyList<RowAction> Upserts(Schema schema, IReadOnlyList<string> key, string? sequence)
    {
        var differs = schema.FieldsList.Where(f => !key.Contains(f.Name, StringComparer.Ordinal))
            .Select(f => EditColumns.Differ(new ColumnExpr(f.Name), MergeClause.Source(f.Name), f.DataType))
            .Aggregate((Expr?)null, (any, one) => any is null ? one : any | one);
        if (differs is not null && sequence is not null)
        {
            var (there, comes) = (new ColumnExpr(sequence), MergeClause.Source(sequence));
            differs &= !(there > comes).Coalesce(there.IsNotNull() & comes.IsNull());
        }

        return [new RowAction(MergeMatch.Matched, differs ?? false, EditColumns.OfSource(schema)), new RowAction(MergeMatch.Matched, false, null)];
    }

    private static RowInsert Whole(Schema source) => new(null, EditColumns.OfSource(source));
}
