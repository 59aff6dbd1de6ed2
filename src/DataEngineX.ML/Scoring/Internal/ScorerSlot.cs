namespace DataEngineX.ML.Internal;

/// <summary>The scorer that one name and version or alias stands for, reloaded when the alias moves.</summary>
internal sealed class ScorerSlot(IModelRegistry registry, TimeProvider clock, string name, string versionOrAlias, TimeSpan refresh)
    : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private LoadedScorer? _current;
    private long _checkedAt;
    private bool _closed;

    /// <summary>The error of the last load that failed while an older version went on serving; null when the last one went well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When it was last asked, in the clock's ticks.</summary>
    public long UsedAt { get; private set; }

    public async ValueTask<ScorerHandle?> AcquireAsync(CancellationToken cancellationToken)
    {
        UsedAt = clock.GetTimestamp();
        if (IsFresh() && Volatile.Read(ref _current)?.TryAcquire() is { } handle)
            return handle;
        // While one caller looks, the others go on with what is loaded; only where nothing is do they wait.
        if (!await _loading.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (Volatile.Read(ref _current)?.TryAcquire() is { } old)
                return old;
            await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            if (!IsFresh() || _current is null)
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            return _current?.TryAcquire();
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose()
    {
        _loading.Wait();
        try
        {
            _closed = true;
            Replace(null);
        }
        finally
        {
            _loading.Release();
        }
    }

    private bool IsFresh() => Volatile.Read(ref _checkedAt) is var at && at != 0 && clock.GetElapsedTime(at) < refresh;

    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (_closed)
            return;
        var version = await registry.FindVersionAsync(name, versionOrAlias, cancellationToken).ConfigureAwait(false);
        if (version is null)
        {
            Replace(null);
            return;
        }

        if (_current?.Scorer.Model.Version != version.Version)
        {
            try
            {
                Replace(new LoadedScorer(await MlNetScorer.LoadAsync(registry, version, cancellationToken).ConfigureAwait(false)));
                Failure = null;
            }
            catch (Exception error) when (_current is not null && error is not OperationCanceledException)
            {
                Failure = error;
                MlTelemetry.LoadFailed(name);
            }
        }

        Volatile.Write(ref _checkedAt, Math.Max(1, clock.GetTimestamp()));
    }

    private void Replace(LoadedScorer? next) => Interlocked.Exchange(ref _current, next)?.Release();
}
