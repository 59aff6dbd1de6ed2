namespace DataEngineX.ML;

/// <summary>How a candidate or baseline fared in the rolling-origin evaluation.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Description">The candidate's settings, or the baseline's column.</param>
/// <param name="Score">The mean over folds of the mean absolute error: what candidates are chosen by.</param>
/// <param name="Folds">The errors of each fold, in order of time.</param>
/// <param name="Groups">The errors over all folds for each group.</param>
public sealed record ContenderResult(
    string Name,
    string Description,
    double Score,
    IReadOnlyList<ErrorSummary> Folds,
    IReadOnlyDictionary<string, ErrorSummary> Groups);
