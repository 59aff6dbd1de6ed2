namespace DataEngineX.Sources;

/// <summary>Lets the host complete each attempt, so that a token that ran out while waiting is a new one.</summary>
internal sealed class PreparingHandler(
    Func<HttpRequestMessage, IServiceProvider, CancellationToken, ValueTask>? prepare, IServiceProvider services) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (prepare is not null)
            await prepare(request, services, cancellationToken).ConfigureAwait(false);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
