using Microsoft.Extensions.Hosting;

namespace DataEngineX.Hosting.Starting;

/// <summary>Prepares the host before any of its services starts, also where it is not run by <c>RunDataEngineXAsync</c>.</summary>
internal sealed class HostStarter(HostPreparation preparation) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => preparation.PrepareAsync(forVerb: false, cancellationToken).AsTask();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
