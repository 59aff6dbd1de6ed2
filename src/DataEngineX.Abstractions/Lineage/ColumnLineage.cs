namespace DataEngineX;

/// <summary>Where the values of one output column come from.</summary>
/// <param name="Name">The output column.</param>
/// <param name="From">The columns of the input datasets.</param>
public sealed record ColumnLineage(string Name, IReadOnlyList<ColumnOrigin> From);
