namespace DataEngineX;

/// <summary>A named JSON value: a parameter of a rule, a detail of what it observed, the key of a group or of a sample.</summary>
/// <param name="Name">The name.</param>
/// <param name="Json">The value as JSON text.</param>
public sealed record VerdictField(string Name, string Json);
