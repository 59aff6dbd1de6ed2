using System.Runtime.CompilerServices;

namespace DataEngineX.Plans;

/// <summary>A stream of parts made elsewhere. Known parts that nobody asked for are disposed with it.</summary>
internal sealed class PartStream(IAsyncEnumerable<BatchPart>? parts, IEnumerable<BatchPart>? known) : BatchStream
{
    private IEnumerator<BatchPart>? _rest = known?.GetEnumerator();

    public override IAsyncEnumerable<BatchPart> PartsAsync(CancellationToken cancellationToken) => parts ?? KnownAsync(cancellationToken);

    public override ValueTask DisposeAsync()
    {
        if (_rest is { } rest)
        {
            while (rest.MoveNext())
                rest.Current.Dispose();
            rest.Dispose();
            _rest = null;
        }

        return base.DisposeAsync();
    }

    private async IAsyncEnumerable<BatchPart> KnownAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        while (!cancellationToken.IsCancellationRequested && _rest!.MoveNext())
            yield return _rest.Current;
        cancellationToken.ThrowIfCancellationRequested();
    }
}
