using System.Text.Json;
using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>What is told of a trained model: data, features, contenders, scores and how it was judged.</summary>
public sealed record ModelCard
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The run that trained it, when a pipeline did.</summary>
    public string? RunId { get; init; }

    /// <summary>The dataset versions it was trained on, as <c>namespace/name@version</c>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The feature columns.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The label column.</summary>
    public required string Label { get; init; }

    /// <summary>How far after the features the label lies.</summary>
    public required TimeSpan Ahead { get; init; }

    /// <summary>The column that tells series apart, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The groups learned.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The ML.NET version.</summary>
    public required string Library { get; init; }

    /// <summary>The candidate chosen.</summary>
    public required string Chosen { get; init; }

    /// <summary>The rows the chosen model was fitted on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The last label time learned from.</summary>
    public required DateTime TrainedUntil { get; init; }

    /// <summary>The folds' origins.</summary>
    public required IReadOnlyList<TimeFold> Folds { get; init; }

    /// <summary>All candidates, in the order they were described.</summary>
    public required IReadOnlyList<ContenderResult> Candidates { get; init; }

    /// <summary>The baselines on the same rows.</summary>
    public required IReadOnlyList<ContenderResult> Baselines { get; init; }

    /// <summary>The reading of the holdout, or null when there is none.</summary>
    public HoldoutResult? Holdout { get; init; }

    /// <summary>The alias the version shall take, with the reason.</summary>
    public required PromotionDecision Promotion { get; init; }

    /// <summary>The card as a JSON object; numbers that are not finite are written as text.</summary>
    /// <returns>The JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, MlJson.Options);

    /// <summary>Reads a card.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <returns>The card.</returns>
    /// <exception cref="JsonException">The text is not a card.</exception>
    public static ModelCard FromJson(string json)
        => JsonSerializer.Deserialize<ModelCard>(json, MlJson.Options) ?? throw new JsonException("The text is not a model card.");
}
