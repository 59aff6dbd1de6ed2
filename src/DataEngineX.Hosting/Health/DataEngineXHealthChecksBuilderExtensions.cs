using DataEngineX.Hosting;
using DataEngineX.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health checks of DataEngineX.</summary>
public static class DataEngineXHealthChecksBuilderExtensions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds the checks of metadata store, lakehouse, scheduler, drain, start and freshness, tagged as in <see cref="HealthTags"/>.
    /// <c>AddDataEngineX</c> on the services does so already; calling it again changes nothing.
    /// </summary>
    /// <param name="builder">The health checks of the host.</param>
    public static IHealthChecksBuilder AddDataEngineX(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(d => d.ServiceType == typeof(Added)))
            return builder;
        return builder
            .AddOnce<SchedulerHealthCheck>("dataenginex.scheduler", HealthTags.Live)
            .AddOnce<StartedHealthCheck>("dataenginex.started", HealthTags.Startup, HealthTags.Ready)
            .AddOnce<DrainHealthCheck>("dataenginex.drain", HealthTags.Ready)
            .AddOnce<MetadataStoreHealthCheck>("dataenginex.metadata", HealthTags.Ready)
            .AddOnce<LakehouseHealthCheck>("dataenginex.lakehouse", HealthTags.Ready)
            .AddOnce<FreshnessHealthCheck>("dataenginex.freshness", HealthTags.Ready)
            .Mark();
    }

    private static IHealthChecksBuilder AddOnce<T>(this IHealthChecksBuilder builder, string name, params string[] tags)
        where T : class, IHealthCheck
    {
        builder.Services.AddSingleton<T>();
        return builder.Add(new HealthCheckRegistration(
            name, services => services.GetRequiredService<T>(), HealthStatus.Unhealthy, tags, Timeout));
    }

    private static IHealthChecksBuilder Mark(this IHealthChecksBuilder builder)
    {
        builder.Services.AddSingleton<Added>();
        return builder;
    }

    private sealed class Added;
}
