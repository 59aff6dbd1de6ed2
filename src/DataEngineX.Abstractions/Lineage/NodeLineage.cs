namespace DataEngineX;

/// <summary>How the columns of one node come from its inputs.</summary>
/// <param name="Columns">For each output column the input columns its values come from.</param>
/// <param name="Indirect">Input columns that decided which rows there are (filters, join keys, groups, order).</param>
public sealed record NodeLineage(IReadOnlyDictionary<string, IReadOnlyList<LineageEdge>> Columns, IReadOnlyList<LineageEdge> Indirect);
