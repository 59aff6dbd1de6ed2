using System.Runtime.CompilerServices;

namespace DataEngineX.Plans;

/// <summary>A stream made when it is first asked for a part.</summary>
internal sealed class DeferredStream(Func<CancellationToken, ValueTask<BatchStream>> prepare) : BatchStream
{
    private BatchStream? _prepared;

    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _prepared = await prepare(cancellationToken).ConfigureAwait(false);
        await foreach (var part in _prepared.PartsAsync(cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_prepared is not null)
            await _prepared.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
