using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataEngineX;

/// <summary>Adds pipelines and the engine to a host.</summary>
public static class PipelinesDataEngineXBuilderExtensions
{
    /// <summary>Adds a pipeline.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name: letters, digits, '_', '-' and '.'; its quarantine table has this name.</param>
    /// <param name="describe">Describes it; runs once, at host start, and does no I/O.</param>
    public static IDataEngineXBuilder AddPipeline(this IDataEngineXBuilder builder, string name, Func<PipelineBuilder, PipelineEnd> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        return builder.AddPipeline(name, (_, pipeline) => describe(pipeline));
    }

    /// <summary>Adds a pipeline whose description needs services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name: letters, digits, '_', '-' and '.'; its quarantine table has this name.</param>
    /// <param name="describe">Describes it; runs once, at host start, and does no I/O.</param>
    public static IDataEngineXBuilder AddPipeline(
        this IDataEngineXBuilder builder, string name, Func<IServiceProvider, PipelineBuilder, PipelineEnd> describe)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(describe);
        if (!DatasetId.IsTableName(name))
            throw new ArgumentException($"'{name}' is not a pipeline name: use letters, digits, '_', '-' and '.'.", nameof(name));
        builder.AddEngine();
        builder.Services.AddSingleton(new PipelineRegistration(name, describe));
        return builder;
    }

    /// <summary>Adds the engine: pipeline catalog, runner, local run placement, ad-hoc reads. Called by all who need it; calling it again changes nothing.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes memory budget, batch size and parallelism. <value>Default: null.</value></param>
    public static IDataEngineXBuilder AddEngine(this IDataEngineXBuilder builder, Action<EngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            var options = new EngineOptions();
            configure(options);
            services.Replace(ServiceDescriptor.Singleton(options));
        }

        services.TryAddSingleton(new EngineOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFailpoints>(NoFailpoints.Instance);
        services.TryAddSingleton<IMetadataStore, InMemoryMetadataStore>();
        services.TryAddSingleton<IPipelineCatalog, PipelineCatalog>();
        services.TryAddSingleton(provider => new Plans.DataAccess(
            provider.GetRequiredService<ITableCatalog>(),
            provider.GetRequiredService<IObjectStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider)
        {
            Failpoints = provider.GetRequiredService<IFailpoints>(),
        });
        services.TryAddSingleton<FlowReader>();
        services.TryAddSingleton<IPipelineRunner, PipelineRunner>();
        services.TryAddSingleton<IRunPlacement, LocalRunPlacement>();
        services.TryAddSingleton<Backfill>();
        return builder;
    }
}
