namespace DataEngineX.ML;

/// <summary>A chosen, fitted and judged model, not yet registered.</summary>
/// <param name="Signature">What its scorer takes and gives.</param>
/// <param name="Artifact">The model, as its scorer loads it.</param>
/// <param name="Card">What is told of it.</param>
/// <param name="Metrics">The card's main figures by name, such as <c>holdout.mae</c>.</param>
public sealed record TrainedModel(
    ModelSignature Signature, ReadOnlyMemory<byte> Artifact, ModelCard Card, IReadOnlyDictionary<string, double> Metrics);
