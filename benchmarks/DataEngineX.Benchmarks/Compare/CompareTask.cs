using DataEngineX.Benchmarks.Compare.Engines;

namespace DataEngineX.Benchmarks.Compare;

/// <summary>One question that several engines answer. DuckDB's entry comes first: the others are compared with it.</summary>
/// <param name="Name">Such as <c>q1</c>.</param>
/// <param name="Question">In words.</param>
/// <param name="Rows">Input rows, to which allocations are related.</param>
/// <param name="Entries">One an engine.</param>
internal sealed record CompareTask(string Name, string Question, long Rows, IReadOnlyList<Entry> Entries);
