namespace DataEngineX;

/// <summary>What is registered as a new version.</summary>
public sealed record ModelRegistration
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the scorer takes and gives.</summary>
    public required ModelSignature Signature { get; init; }

    /// <summary>The model itself, as its scorer loads it.</summary>
    public required ReadOnlyMemory<byte> Artifact { get; init; }

    /// <summary>Metrics by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The model card: a JSON object.</summary>
    public string? Card { get; init; }

    /// <summary>The training run's commit record, when a pipeline trained it.</summary>
    public CommitRecord? Record { get; init; }

    /// <summary>The exact inputs it was trained on.</summary>
    public IReadOnlyList<InputVersion> Inputs { get; init; } = [];
}
