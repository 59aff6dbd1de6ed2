using DataEngineX.Hosting.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the host's own work has begun.</summary>
internal sealed class StartedHealthCheck(SchedulerPulse pulse) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pulse.Silence is null
            ? HealthCheckResult.Unhealthy("The host is starting.")
            : HealthCheckResult.Healthy("The host has started."));
}
