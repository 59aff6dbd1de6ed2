using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>One way in which an edit changes rows that are there.</summary>
/// <param name="Match">To which rows it applies; <see cref="MergeMatch.NotMatchedBySource"/> where there is no source.</param>
/// <param name="Condition">What must be true of them; null for nothing.</param>
/// <param name="Set">The columns set; null when the row is deleted.</param>
internal sealed record RowAction(MergeMatch Match, Expr? Condition, IReadOnlyList<NamedExpr>? Set)
{
    /// <summary>The column of action numbers: 0 for none, else the place in <see cref="TableEdit.Actions"/> from 1.</summary>
    internal const string Column = "$action";

    internal bool Deletes => Set is null;
}
