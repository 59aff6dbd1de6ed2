using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>One way in which an edit makes new rows of source rows.</summary>
/// <param name="Condition">What must be true of the source row; null for nothing.</param>
/// <param name="Set">The columns set; others are null.</param>
internal sealed record RowInsert(Expr? Condition, IReadOnlyList<NamedExpr> Set);
