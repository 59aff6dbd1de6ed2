using DataEngineX.Hosting.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the scheduler gives signs of life.</summary>
internal sealed class SchedulerHealthCheck(SchedulerPulse pulse, IOptions<DataEngineXHostOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pulse.Silence is { } silence && silence > options.Value.SchedulerSilence
            ? HealthCheckResult.Unhealthy($"The scheduler has given no sign of life for {silence.TotalSeconds:F0} s.")
            : HealthCheckResult.Healthy("The scheduler is alive."));
}
