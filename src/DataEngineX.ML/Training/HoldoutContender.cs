namespace DataEngineX.ML;

/// <summary>How the chosen model or a baseline fared on the holdout.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Overall">The errors over all rows.</param>
/// <param name="Groups">The errors for each group.</param>
public sealed record HoldoutContender(string Name, ErrorSummary Overall, IReadOnlyDictionary<string, ErrorSummary> Groups);
