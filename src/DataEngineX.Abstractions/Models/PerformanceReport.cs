namespace DataEngineX;

/// <summary>Errors of forecasts with known actuals, beside those of the baselines on the same rows.</summary>
/// <param name="Model">The model.</param>
/// <param name="Forecasts">How many forecasts have a known actual.</param>
/// <param name="MeanAbsoluteError">Of the model; null when there is no such forecast.</param>
/// <param name="Baselines">Mean absolute error of each baseline, by name.</param>
/// <param name="Recent">The newest forecasts, newest first.</param>
public sealed record PerformanceReport(
    string Model,
    long Forecasts,
    double? MeanAbsoluteError,
    IReadOnlyDictionary<string, double> Baselines,
    IReadOnlyList<ForecastOutcome> Recent);
