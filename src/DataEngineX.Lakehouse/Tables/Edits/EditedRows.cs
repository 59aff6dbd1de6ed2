using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The rows of files in the columns that the table will have once the edit is committed.</summary>
internal static class EditedRows
{
    /// <summary>The rows, with their positions and, where there are marks, their actions.</summary>
    internal static Flow Of(TableContext table, LogState state, Schema schema, IReadOnlyList<EditedFile> files, RowMarks? marks = null)
    {
        var rows = Flow.From(new EditedFilesSource(table, state, files, marks));
        if (ReferenceEquals(schema, state.Schema) || schema.FieldsList.All(f => IsThere(state, f)))
            return rows;
        return rows.Select(
        [
            .. schema.FieldsList.Select(f => (IsThere(state, f) ? Col(f.Name) : state.Columns.Find(f.Name) is null ? Lit(null).Cast(f.DataType) : Col(f.Name).Cast(f.DataType)).As(f.Name)),
            .. RowNumberColumns.Of(state) is null ? [] : RowNumberColumns.OfPlan.Select(f => Col(f.Name).As(f.Name)),
            Col(RowPosition.Column).As(RowPosition.Column),
            .. marks is null ? [] : new[] { Col(RowAction.Column).As(RowAction.Column) },
        ]);
    }

    private static bool IsThere(LogState state, Field field) => state.Columns.Find(field.Name) is { } there && ArrowTypes.Same(there.Field.DataType, field.DataType);
}
