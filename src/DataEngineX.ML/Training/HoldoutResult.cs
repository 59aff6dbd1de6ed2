namespace DataEngineX.ML;

/// <summary>The one reading of the holdout, after the choice.</summary>
/// <param name="From">The first label day.</param>
/// <param name="Model">The chosen model's errors.</param>
/// <param name="Baselines">The baselines' errors on the same rows.</param>
/// <param name="BestBaseline">The baseline with the least mean absolute error, or null when there is none.</param>
/// <param name="Gain">
/// The share by which the model's mean absolute error is below that of the best baseline; null without baselines.
/// </param>
/// <param name="Difference">
/// The paired difference of absolute errors, best baseline minus model, with its 95 % interval by 7-step moving block bootstrap.
/// </param>
public sealed record HoldoutResult(
    DateTime From,
    HoldoutContender Model,
    IReadOnlyList<HoldoutContender> Baselines,
    string? BestBaseline,
    double? Gain,
    MeanInterval? Difference);
