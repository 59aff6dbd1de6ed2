namespace DataEngineX;

/// <summary>A failing value and how often it was seen.</summary>
/// <param name="Value">The value as text, or null.</param>
/// <param name="Json">The value as JSON text; of several columns an object.</param>
/// <param name="Count">The violating rows with this value.</param>
public sealed record VerdictValue(string? Value, string Json, long Count);
