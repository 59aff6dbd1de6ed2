using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>Deletes the rows for which a condition is true; where it is null, rows stay.</summary>
/// <param name="Where">The condition.</param>
public sealed record DeleteRows(Expr Where) : TableOperation;
