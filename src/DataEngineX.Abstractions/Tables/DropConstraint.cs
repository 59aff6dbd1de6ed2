namespace DataEngineX;

/// <summary>Drops a constraint of a table.</summary>
/// <param name="Name">The name of the constraint.</param>
public sealed record DropConstraint(string Name) : TableOperation;
