using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>Puts rows in the place of those for which a condition is true. A new row that does not satisfy it is an error naming the row.</summary>
/// <param name="Where">The condition.</param>
/// <param name="Source">The new rows.</param>
public sealed record ReplaceRows(Expr Where, PlanNode Source) : TableOperation;
