using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>Changes a table by the rows of a source with equal keys. A null in a key matches nothing.</summary>
/// <param name="Source">The source rows; several with the key of one row of the table are an error naming the key.</param>
/// <param name="Key">Columns that both have.</param>
/// <param name="Clauses">What happens to which rows.</param>
public sealed record MergeRows(PlanNode Source, IReadOnlyList<string> Key, IReadOnlyList<MergeClause> Clauses) : TableOperation;
