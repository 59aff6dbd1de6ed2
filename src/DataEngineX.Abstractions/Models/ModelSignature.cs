using Apache.Arrow;

namespace DataEngineX;

/// <summary>The columns a model takes and gives.</summary>
/// <param name="Inputs">The feature columns.</param>
/// <param name="Outputs">The score columns.</param>
public sealed record ModelSignature(Schema Inputs, Schema Outputs);
