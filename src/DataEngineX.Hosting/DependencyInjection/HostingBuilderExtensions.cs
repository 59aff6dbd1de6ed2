using DataEngineX.Hosting;
using DataEngineX.Hosting.Alerts;
using DataEngineX.Hosting.Profiles;
using DataEngineX.Hosting.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DataEngineX;

/// <summary>What Hosting adds to the builder: metadata store, triggers and alerts.</summary>
public static class HostingBuilderExtensions
{
    /// <summary>Keeps metadata in a SQLite file. <value>Default without this call: <c>metadata.db</c> below the state folder.</value></summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; relative paths are taken from the current folder.</param>
    public static IDataEngineXBuilder UseSqlite(this IDataEngineXBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.Replace(ServiceDescriptor.Singleton<IMetadataStore>(_ => new SqliteMetadataStore(path)));
        return builder;
    }

    /// <summary>
    /// Profiles the tables of some layers after each run that publishes a version of one, and keeps the newest profile of each beside them;
    /// <see cref="IProfileCatalog"/> finds it, and REST, reports and the status page show it. Never in a run's way.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="layers">The layers; without any, those of all tables but <see cref="Layer.Quarantine"/>.</param>
    public static IDataEngineXBuilder ProfileTables(this IDataEngineXBuilder builder, params IReadOnlyList<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(layers);
        var chosen = layers.Count > 0 ? layers : [.. Enum.GetValues<Layer>().Where(static l => l != Layer.Quarantine)];
        builder.Services.Replace(ServiceDescriptor.Singleton(new ProfiledLayers(chosen.ToHashSet())));
        builder.Services.TryAddSingleton<TableProfiler>();
        builder.Services.TryAddSingleton<IProfileCatalog>(p => p.GetRequiredService<TableProfiler>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, TableProfiler>(p => p.GetRequiredService<TableProfiler>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TableProfiler>(p => p.GetRequiredService<TableProfiler>()));
        return builder;
    }

    /// <summary>Runs a pipeline by a cron expression. May be called several times for one pipeline.</summary>
    /// <remarks>
    /// Of all hosts sharing a metadata store one runs a slot. Slots missed while no host ran become one run at the next start.
    /// When clocks go forward a slot in the gap fires at its end; when they go back a slot at a fixed time fires once.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cron">Five fields (minute, hour, day of month, month, day of week), or six with seconds first. Day of month and day of week must both match.</param>
    /// <param name="zone">The zone the expression is read in. <value>Default: null, UTC.</value></param>
    /// <exception cref="ArgumentException">The expression cannot be read.</exception>
    public static IDataEngineXBuilder Schedule(this IDataEngineXBuilder builder, string pipeline, string cron, TimeZoneInfo? zone = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(cron);
        builder.Services.AddSingleton(new PipelineSchedule(pipeline, cron, zone ?? TimeZoneInfo.Utc));
        return builder;
    }

    /// <summary>Runs a pipeline whenever something it reads got a new commit, those made while no host ran included.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="pipeline">The pipeline.</param>
    public static IDataEngineXBuilder RunAfterUpstream(this IDataEngineXBuilder builder, string pipeline)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(pipeline);
        builder.Services.AddSingleton(new FollowsUpstream(pipeline));
        return builder;
    }

    /// <summary>Runs a pipeline once when the host has started; a run that finds its work done changes nothing.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="pipeline">The pipeline.</param>
    public static IDataEngineXBuilder RunAtStart(this IDataEngineXBuilder builder, string pipeline)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(pipeline);
        builder.Services.AddSingleton(new RunsAtStart(pipeline));
        return builder;
    }

    /// <summary>Posts one alert on a pipeline's first failure and one on its recovery. The configuration key <c>DataEngineX:Alerts:Webhook</c> goes before it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="address">An https address, or http on the loopback.</param>
    /// <exception cref="ArgumentException">The address is neither.</exception>
    public static IDataEngineXBuilder UseWebhookAlerts(this IDataEngineXBuilder builder, Uri address)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        if (WebhookAddress.Flaw(address) is { } flaw)
            throw new ArgumentException(flaw, nameof(address));
        return builder.ConfigureHost(options => options.AlertWebhook = address);
    }

    /// <summary>Sets how the host runs its pipelines.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static IDataEngineXBuilder ConfigureHost(this IDataEngineXBuilder builder, Action<DataEngineXHostOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }
}
