using DataEngineX;
using DataEngineX.Hosting;
using DataEngineX.Hosting.Alerts;
using DataEngineX.Hosting.DependencyInjection;
using DataEngineX.Hosting.Health;
using DataEngineX.Hosting.Running;
using DataEngineX.Hosting.Scheduling;
using DataEngineX.Hosting.Starting;
using DataEngineX.Hosting.Telemetry;
using DataEngineX.Hosting.Verbs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DataEngineX to a host.</summary>
public static class DataEngineXServiceCollectionExtensions
{
    /// <summary>
    /// Adds DataEngineX: pipelines, runner, metadata store (SQLite below the state folder unless another is chosen), scheduler, run queue,
    /// alerts, metrics, health checks and verbs. Calling it again adds to what is there. What is registered already stays.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Names lakehouse, pipelines and schedules.</param>
    /// <returns>The builder, for further calls.</returns>
    public static IDataEngineXBuilder AddDataEngineX(this IServiceCollection services, Action<IDataEngineXBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new DataEngineXBuilder(services);

        if (services.All(d => d.ServiceType != typeof(HostIdentity)))
            services.AddOptions().AddLogging().AddMetrics();
        services.TryAddSingleton(StateFolderOf);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<DataEngineXHostOptions>, ConfiguredHostOptions>());
        services.TryAddSingleton<IMetadataStore>(provider => new SqliteMetadataStore(
            Path.Combine(provider.GetRequiredService<StateFolder>().Path, SqliteMetadataStore.FileName)));
        AddRunning(services);
        AddScheduling(services);
        AddTelemetry(services);
        AddStartAndVerbs(services);

        // After the host's own: the engine has simpler defaults for places outside a host, which must not come first.
        builder.AddEngine();
        configure?.Invoke(builder);
        return builder;
    }

    private static void AddRunning(IServiceCollection services)
    {
        services.TryAddSingleton<HostIdentity>();
        services.TryAddSingleton<Drain>();
        services.TryAddSingleton<RunsAtWork>();
        services.TryAddSingleton<IRunsAtWork>(provider => provider.GetRequiredService<RunsAtWork>());
        services.TryAddSingleton<IRunPlacement, HostRunPlacement>();
        services.TryAddSingleton<RunQueue>();
        services.TryAddSingleton<IRunQueue>(provider => provider.GetRequiredService<RunQueue>());
        services.TryAddSingleton<RunCloser>();
        services.TryAddSingleton<Backfills>();
        services.TryAddSingleton<IBackfills>(provider => provider.GetRequiredService<Backfills>());
        services.TryAddSingleton<DeferredRuns>();
    }

    private static void AddScheduling(IServiceCollection services)
    {
        services.TryAddSingleton<SchedulerPulse>();
        services.TryAddSingleton<ScheduleCatalog>();
        services.TryAddSingleton<IScheduleCatalog>(provider => provider.GetRequiredService<ScheduleCatalog>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, UpstreamTrigger>());
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.TryAddSingleton<HostMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, RunMetricsObserver>());
        services.TryAddSingleton<FreshnessMonitor>();
        services.TryAddSingleton<IFreshnessMonitor>(provider => provider.GetRequiredService<FreshnessMonitor>());
        services.TryAddSingleton<FreshnessWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, FreshnessWatch>(p => p.GetRequiredService<FreshnessWatch>()));
        services.TryAddSingleton<AlertService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, AlertService>(p => p.GetRequiredService<AlertService>()));
        if (services.All(d => d.ServiceType != typeof(WebhookSender)))
        {
            services.AddSingleton<WebhookSender>();
            WebhookSender.AddClient(services);
        }

        services.AddHealthChecks().AddDataEngineX();
    }

    private static void AddStartAndVerbs(IServiceCollection services)
    {
        services.TryAddSingleton<HostPreparation>();
        services.TryAddSingleton<IVerbOutput, StandardVerbOutput>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, RunVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, PlanVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, BackfillVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, ReplayVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, ListVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, HistoryVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, RestoreVerb>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostVerb, VacuumVerb>());

        // In this order they start, and in the reverse one they stop: the scheduler before the workers, the alerts last.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostStarter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AlertService>(p => p.GetRequiredService<AlertService>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FreshnessWatch>(p => p.GetRequiredService<FreshnessWatch>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RunWorkers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Backfills>(p => p.GetRequiredService<Backfills>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OrphanSweeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UpstreamWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Scheduler>());
    }

    private static StateFolder StateFolderOf(IServiceProvider provider) =>
        provider.GetService<IConfiguration>()?[StateFolder.ConfigurationKey] is { Length: > 0 } configured
            ? new StateFolder(configured)
            : provider.GetKeyedService<StateFolder>(StateFolder.Requested) ?? new StateFolder(StateFolder.Default);
}
