using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Health;

/// <summary>Whether the lakehouse can be written. A good answer holds for a few seconds, so that probes do not wear the disk.</summary>
internal sealed class LakehouseHealthCheck(IObjectStore objects, HostIdentity host) : IHealthCheck
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(10);
    private long _lastGood;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = Interlocked.Read(ref _lastGood);
        if (last == 0 || TimeProvider.System.GetElapsedTime(last) > Holds)
        {
            await objects.PutAsync("_dataenginex/write-probe", System.Text.Encoding.UTF8.GetBytes(host.Name), cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastGood, TimeProvider.System.GetTimestamp());
        }

        return HealthCheckResult.Healthy($"{objects.Location} can be written.");
    }
}
