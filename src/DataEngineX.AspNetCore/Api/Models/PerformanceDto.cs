namespace DataEngineX.AspNetCore;

/// <summary>Errors of forecasts whose actual value is known, beside those of baselines on the same rows.</summary>
internal sealed record PerformanceDto(
    string Model, long Forecasts, double? MeanAbsoluteError, IReadOnlyDictionary<string, double?> Baselines, IReadOnlyList<OutcomeDto> Recent)
{
    public static PerformanceDto Of(PerformanceReport report) => new(
        report.Model,
        report.Forecasts,
        JsonNumber.Finite(report.MeanAbsoluteError),
        JsonNumber.Finite(report.Baselines),
        [.. report.Recent.Select(OutcomeDto.Of)]);
}
