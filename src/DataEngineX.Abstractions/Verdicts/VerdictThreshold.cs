namespace DataEngineX;

/// <summary>One of the thresholds of a rule, and whether it was reached.</summary>
/// <param name="Severity">How much it matters when it is not.</param>
/// <param name="Mostly">The share of the checked rows that must hold, 0 to 1.</param>
/// <param name="Passed">Whether that share was reached.</param>
public sealed record VerdictThreshold(Severity Severity, double Mostly, bool Passed);
