using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>Sets columns of the rows for which a condition is true; where it is null, rows stay as they are.</summary>
/// <param name="Where">The condition.</param>
/// <param name="Set">The columns set, computed from the row as it was.</param>
public sealed record UpdateRows(Expr Where, IReadOnlyList<NamedExpr> Set) : TableOperation;
