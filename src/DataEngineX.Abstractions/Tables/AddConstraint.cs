using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>Lets every row of a table, those that are there and all that will be written, satisfy a condition; null is not satisfied.</summary>
/// <param name="Name">The name of the constraint: letters, digits and '_'.</param>
/// <param name="Condition">The condition. It is kept as SQL text, so that other engines enforce it too.</param>
public sealed record AddConstraint(string Name, Expr Condition) : TableOperation;
