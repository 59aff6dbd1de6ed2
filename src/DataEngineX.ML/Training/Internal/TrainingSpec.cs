namespace DataEngineX.ML.Internal;

/// <summary>A frozen training description.</summary>
internal sealed record TrainingSpec
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required string? Season { get; init; }

    public required double SeasonPeriod { get; init; }

    public required string Label { get; init; }

    public required TimeSpan Ahead { get; init; }

    public required string Time { get; init; }

    public required string? Group { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Baselines { get; init; }

    public required IReadOnlyList<CandidateSpec> Candidates { get; init; }

    public required RollingOrigin Folds { get; init; }

    public required DateTime? HoldoutFrom { get; init; }

    public required DateTime? HoldoutUntil { get; init; }

    public required PromotionPolicy Promotion { get; init; }

    /// <summary>The numeric inputs: features, then the day of the season.</summary>
    public IEnumerable<string> Numbers => Season is null ? Features : Features.Append(Season);

    /// <summary>The text inputs: categories, then the group.</summary>
    public IEnumerable<string> Texts => Group is null ? Categories : Categories.Append(Group);
}
