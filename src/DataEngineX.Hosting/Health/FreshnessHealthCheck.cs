using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the freshness promises are kept. Stale data degrades a host; it does not make it unready.</summary>
internal sealed class FreshnessHealthCheck(IFreshnessMonitor freshness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var known = freshness.Known;
        var data = known.ToDictionary(
            s => s.Dataset.ToString(),
            object (s) => s.Age is { } age ? string.Create(CultureInfo.InvariantCulture, $"{age:c} of {s.Within:c}") : "no rows");
        var stale = known.Where(s => !s.IsFresh).Select(s => s.Dataset.ToString()).ToList();
        return Task.FromResult(stale.Count == 0
            ? HealthCheckResult.Healthy("All freshness promises are kept.", data)
            : HealthCheckResult.Degraded($"Not fresh: {string.Join(", ", stale)}.", exception: null, data));
    }
}
