namespace DataEngineX;

/// <summary>One immutable version of a registered model.</summary>
public sealed record ModelVersion
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version, counted from 1; never used again.</summary>
    public required int Version { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The run that trained it, when a pipeline did.</summary>
    public string? RunId { get; init; }

    /// <summary>The run key and other facts of the training run, for targets that must know whether it is done.</summary>
    public CommitRecord? Record { get; init; }

    /// <summary>The exact inputs it was trained on.</summary>
    public IReadOnlyList<InputVersion> Inputs { get; init; } = [];

    /// <summary>What the scorer takes and gives.</summary>
    public required ModelSignature Signature { get; init; }

    /// <summary>Metrics by name, such as <c>holdout.mae</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The model card: a JSON object telling candidates, scores, baselines, seed and data.</summary>
    public string? Card { get; init; }

    /// <summary>The aliases that point at this version.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
