using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The row account of one operator of a run.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="IsSource">Whether it reads a source.</param>
/// <param name="Rows">Its account.</param>
public sealed record OperatorRows(string Operator, bool IsSource, RowAccount Rows);
