namespace DataEngineX.AspNetCore;

/// <summary>One forecast and, once known, what came true.</summary>
internal sealed record OutcomeDto(
    string Key, DateOnly For, double? Forecast, double? Actual, IReadOnlyDictionary<string, double?> Baselines, int ModelVersion)
{
    public static OutcomeDto Of(ForecastOutcome outcome) => new(
        outcome.Key,
        outcome.For,
        JsonNumber.Finite(outcome.Forecast),
        JsonNumber.Finite(outcome.Actual),
        JsonNumber.Finite(outcome.Baselines),
        outcome.ModelVersion);
}
