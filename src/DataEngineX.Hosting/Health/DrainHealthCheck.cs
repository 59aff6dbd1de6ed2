using DataEngineX.Hosting.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the host is stopping.</summary>
internal sealed class DrainHealthCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining
            ? HealthCheckResult.Unhealthy("The host is stopping.")
            : HealthCheckResult.Healthy("The host is not stopping."));
}
