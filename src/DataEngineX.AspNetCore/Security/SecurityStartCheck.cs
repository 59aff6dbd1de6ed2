using Microsoft.Extensions.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>Refuses the start before anything else has started.</summary>
internal sealed class SecurityStartCheck(SecurityPosture posture) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => posture.Refusal is { } refusal
        ? Task.FromException(new DataEngineXException(refusal))
        : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
