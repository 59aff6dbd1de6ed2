using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Running;

/// <summary>Knows when the host stops: nothing new begins then, and what still runs near the end of the shutdown timeout is cancelled.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _mustStop = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeSpan _grace;
    private volatile bool _draining;

    public Drain(IHostApplicationLifetime lifetime, IOptions<HostOptions> host, IOptions<DataEngineXHostOptions> options)
    {
        var timeout = host.Value.ShutdownTimeout;
        var margin = options.Value.DrainMargin;
        if (timeout < TimeSpan.FromDays(1))
            _grace = timeout - (margin < timeout / 4 ? margin : timeout / 4);
        else
            _grace = Timeout.InfiniteTimeSpan;
        _registration = lifetime.ApplicationStopping.Register(Begin);
    }

    public bool IsDraining => _draining;

    /// <summary>Cancelled when runs at work have to end.</summary>
    public CancellationToken MustStop => _mustStop.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _mustStop.Dispose();
    }

    private void Begin()
    {
        _draining = true;

        // Real time, whatever clock the host runs on: the shutdown timeout is real.
        _mustStop.CancelAfter(_grace);
    }
}
