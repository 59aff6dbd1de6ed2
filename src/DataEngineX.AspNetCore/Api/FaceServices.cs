using DataEngineX.Hosting;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>The contracts the face shows; those of models and schedules are there only in hosts that have any.</summary>
internal sealed class FaceServices(IServiceProvider services, ILogger<FaceServices> logger)
{
    public ILogger Logger { get; } = logger;

    public ITableCatalog Tables { get; } = services.GetRequiredService<ITableCatalog>();

    public IMetadataStore Metadata { get; } = services.GetRequiredService<IMetadataStore>();

    public IPipelineCatalog Pipelines { get; } = services.GetRequiredService<IPipelineCatalog>();

    public IPipelineRunner Runner => services.GetRequiredService<IPipelineRunner>();

    public IScheduleCatalog? Schedules { get; } = services.GetService<IScheduleCatalog>();

    public IModelRegistry? Registry { get; } = services.GetService<IModelRegistry>();

    public IScorerProvider? Scorers { get; } = services.GetService<IScorerProvider>();

    public IReadOnlyList<IModelPerformance> Performance { get; } = [.. services.GetServices<IModelPerformance>()];

    public HealthCheckService Health { get; } = services.GetRequiredService<HealthCheckService>();

    public IFreshnessMonitor Freshness { get; } = services.GetRequiredService<IFreshnessMonitor>();

    public IProfileCatalog? Profiles { get; } = services.GetService<IProfileCatalog>();

    public IRunsAtWork RunsAtWork { get; } = services.GetRequiredService<IRunsAtWork>();

    public IBackfills Backfills { get; } = services.GetRequiredService<IBackfills>();

    /// <summary>The newest profile of a dataset, where the host keeps any.</summary>
    public async ValueTask<Quality.Profile?> ProfileAsync(DatasetId dataset, CancellationToken cancellationToken) =>
        Profiles is null ? null : (await Profiles.FindAsync(dataset, cancellationToken).ConfigureAwait(false))?.Profile;

    public OrderedRuns Orders { get; } = services.GetRequiredService<OrderedRuns>();
}
