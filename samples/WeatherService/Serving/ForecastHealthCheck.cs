using DataEngineX;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WeatherService;

/// <summary>The service is ready when it has a champion and a forecast.</summary>
/// <param name="models">Tell of the champion.</param>
/// <param name="forecasts">Tell of the forecasts.</param>
public sealed class ForecastHealthCheck(IModelRegistry models, ForecastReader forecasts) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await models.FindVersionAsync(WeatherTrain.Model, ModelAliases.Champion, cancellationToken) is not { } champion)
            return HealthCheckResult.Unhealthy($"The model {WeatherTrain.Model} has no champion yet.");
        var book = await forecasts.ReadAsync(cancellationToken);
        return book.Newest.Count > 0
            ? HealthCheckResult.Healthy($"Version {champion.Version} forecasts {book.Newest.Count} cities.")
            : HealthCheckResult.Unhealthy("There is no forecast yet.");
    }
}
