namespace DataEngineX.ML;

/// <summary>Whether a version takes over, and why.</summary>
/// <param name="Alias">The alias it takes, or null for none.</param>
/// <param name="Worthy">Whether it met the policy.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record PromotionDecision(string? Alias, bool Worthy, string Reason);
