using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the metadata store answers.</summary>
internal sealed class MetadataStoreHealthCheck(IMetadataStore metadata) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await metadata.ListRunsAsync(new RunQuery { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return HealthCheckResult.Healthy("The metadata store answers.");
    }
}
