using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The columns that an edit computes.</summary>
internal static class EditColumns
{
    /// <summary>The columns of rows that are there: as the action of the row sets them, else as they are.</summary>
    internal static IEnumerable<NamedExpr> Updated(Schema schema, IReadOnlyList<RowAction> actions) =>
        schema.FieldsList.Select(f => Choose(f, Col(f.Name), actions.Select(a => a.Set)).As(f.Name));

    /// <summary>The columns of new rows: as the insert of the source row sets them, else null.</summary>
    internal static IEnumerable<NamedExpr> Inserted(Schema schema, IReadOnlyList<RowInsert> inserts) => schema.FieldsList.Select(f => inserts.Count == 1
        ? (Find(inserts[0].Set, f) ?? Null(f)).As(f.Name)
        : Choose(f, Null(f), inserts.Select(i => i.Set)).As(f.Name));

    /// <summary>Whether a row and its partner differ in a column. Lists and maps are not compared: where a column has them, the rows count as different.</summary>
    internal static Expr Differ(Expr own, Expr other, IArrowType type) => type switch
    {
        StructType structure => structure.Fields.Select(f => Differ(own.Field(f.Name), other.Field(f.Name), f.DataType))
            .Aggregate(own.IsNull().IsDistinctFrom(other.IsNull()), (any, one) => any | one),
        ListType or MapType => Lit(true),
        _ => own.IsDistinctFrom(other),
    };

    /// <summary>A column for each of the source, under the same name.</summary>
    internal static IReadOnlyList<NamedExpr> OfSource(Schema source) => [.. source.FieldsList.Select(f => MergeClause.Source(f.Name).As(f.Name))];

    /// <summary>Refuses columns set that the table does not have.</summary>
    /// <exception cref="PlanException">Names the column.</exception>
    internal static void Check(DatasetId table, Schema schema, IEnumerable<NamedExpr> set)
    {
        var known = schema.FieldsList.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in set)
        {
            if (!known.Contains(column.Name))
                throw new PlanException($"{table} has no column '{column.Name}' to set; it has {string.Join(", ", schema.FieldsList.Select(f => f.Name))}.", column: column.Name);
            if (!names.Add(column.Name))
                throw new PlanException($"The column '{column.Name}' of {table} is set twice.", column: column.Name);
        }
    }

    private static Expr Choose(Field field, Expr otherwise, IEnumerable<IReadOnlyList<NamedExpr>?> sets)
    {
        var value = otherwise;
        foreach (var (index, set) in sets.Index().Reverse())
        {
            if (set is not null && Find(set, field) is { } chosen)
                value = If(Col(RowAction.Column) == index + 1, chosen, value);
            else if (set is not null && otherwise is not ColumnExpr)
                value = If(Col(RowAction.Column) == index + 1, otherwise, value);
        }

        return value;
    }

    private static Expr? Find(IReadOnlyList<NamedExpr> set, Field field) =>
        set.FirstOrDefault(s => string.Equals(s.Name, field.Name, StringComparison.Ordinal))?.Expression.Cast(field.DataType);

    private static Expr Null(Field field) => Lit(null).Cast(field.DataType);
}
