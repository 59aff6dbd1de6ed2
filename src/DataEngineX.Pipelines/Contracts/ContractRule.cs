using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>When a contract sets a row aside.</summary>
/// <param name="Column">The column.</param>
/// <param name="Violates">The condition that such a row satisfies.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record ContractRule(string Column, Expr Violates, string Reason);
