namespace DataEngineX.Quality;

/// <summary>A further threshold of a rule, with a severity of its own.</summary>
/// <param name="Severity">How much it matters when the share is not reached.</param>
/// <param name="Mostly">The share of the checked rows that must hold, 0 to 1, both included.</param>
public sealed record RuleThreshold(Severity Severity, double Mostly);
