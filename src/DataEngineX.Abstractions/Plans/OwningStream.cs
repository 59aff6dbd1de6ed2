namespace DataEngineX.Plans;

/// <summary>A stream that disposes something after itself.</summary>
internal sealed class OwningStream(BatchStream inner, IDisposable resource) : BatchStream
{
    public override IAsyncEnumerable<BatchPart> PartsAsync(CancellationToken cancellationToken) => inner.PartsAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            resource.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }
}
