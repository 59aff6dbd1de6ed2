namespace DataEngineX.Pipelines;

/// <summary>A lease that lets only one run of a pipeline, or of some partitions, work at a time. It is renewed in the background; losing it stops the run.</summary>
/// <remarks>Leases are about processes, so they count real time even where the host's clock is a replayed one.</remarks>
internal sealed class PipelineLease : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly IMetadataStore _metadata;
    private readonly Lease _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewal;

    private PipelineLease(IMetadataStore metadata, Lease lease, TimeSpan duration)
    {
        _metadata = metadata;
        _lease = lease;
        _renewal = RenewAsync(duration);
    }

    public long Token => _lease.Token;

    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether the lease is held still, asked of the store.</summary>
    public ValueTask<bool> IsHeldAsync(TimeSpan duration, CancellationToken cancellationToken) => _metadata.RenewLeaseAsync(_lease, duration, cancellationToken);

    /// <summary>Waits as long as a dead holder's lease could still stand, then gives up; or for its turn however long others take.</summary>
    public static async ValueTask<PipelineLease> AcquireAsync(
        IMetadataStore metadata, string name, string pipeline, string owner, TimeSpan duration, bool givesUp, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await metadata.TryAcquireLeaseAsync(name, owner, duration, cancellationToken).ConfigureAwait(false) is { } lease)
                return new PipelineLease(metadata, lease, duration);
            if (givesUp && TimeProvider.System.GetElapsedTime(deadline) > duration + duration)
                throw new LeaseUnavailableException(pipeline);
            await Task.Delay(Retry, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        await _metadata.ReleaseLeaseAsync(_lease, CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(TimeSpan duration)
    {
        var renewedAt = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(duration / 3, TimeProvider.System, _stop.Token).ConfigureAwait(false);
                try
                {
                    if (!await _metadata.RenewLeaseAsync(_lease, duration, _stop.Token).ConfigureAwait(false))
                        break;
                    renewedAt = TimeProvider.System.GetTimestamp();
                }
                catch (Exception e) when (e is not OperationCanceledException && TimeProvider.System.GetElapsedTime(renewedAt) < duration)
                {
                    // The store may be back before the lease ends; the next turn tries again.
                }
            }

            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception)
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }
    }
}
