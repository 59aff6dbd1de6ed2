using DataEngineX.Pipelines;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.AspNetCore;

/// <summary>The contracts the face shows; those of models and schedules are there only in hosts that have any.</summary>
internal sealed class FaceServices(IServiceProvider services)
{
    public ITableCatalog Tables { get; } = services.GetRequiredService<ITableCatalog>();

    public IMetadataStore Metadata { get; } = services.GetRequiredService<IMetadataStore>();

    public IPipelineCatalog Pipelines { get; } = services.GetRequiredService<IPipelineCatalog>();

    public TimeProvider Clock { get; } = services.GetRequiredService<TimeProvider>();

    public IScheduleCatalog? Schedules { get; } = services.GetService<IScheduleCatalog>();

    public IModelRegistry? Registry { get; } = services.GetService<IModelRegistry>();

    public IScorerProvider? Scorers { get; } = services.GetService<IScorerProvider>();

    public IReadOnlyList<IModelPerformance> Performance { get; } = [.. services.GetServices<IModelPerformance>()];

    public HealthCheckService Health { get; } = services.GetRequiredService<HealthCheckService>();

    public FreshnessReader Freshness { get; } = services.GetRequiredService<FreshnessReader>();

    public RunLauncher Launcher { get; } = services.GetRequiredService<RunLauncher>();
}
