namespace DataEngineX;

/// <summary>
/// Sets properties of a table, such as <c>delta.enableChangeDataFeed</c>. What the table then asks of its readers and writers is raised as the
/// protocol says.
/// </summary>
/// <param name="Properties">The values by name; null removes a property.</param>
public sealed record SetProperties(IReadOnlyDictionary<string, string?> Properties) : TableOperation;
