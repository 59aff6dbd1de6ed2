using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace DataEngineX.Sources;

/// <summary>Sends the requests of one read: several attempts, Retry-After obeyed, each attempt and body limited.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    internal HttpSender(HttpJsonOptions options, IServiceProvider services, HttpMessageHandler handler, bool ownsHandler)
    {
#pragma warning disable CA2000 // The invoker disposes the chain, but for a shared handler at its end.
        var body = new LimitedBodyHandler(options.MaxPageBytes) { InnerHandler = ownsHandler ? handler : new UnownedHandler(handler) };
        var prepare = new PreparingHandler(options.Prepare, services) { InnerHandler = body };
        _invoker = new HttpMessageInvoker(new ResilienceHandler(Pipeline(options, Attempted)) { InnerHandler = prepare }, disposeHandler: true);
#pragma warning restore CA2000
    }

    /// <summary>How many attempts the request sent last has had.</summary>
    internal int Attempts { get; private set; }

    internal static HttpMessageHandler NewHandler() => new SocketsHttpHandler
    {
        // Headers and keys of the service must not follow it to another address, nor cookies from page to page.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    internal async ValueTask<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        Attempts = 1;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _invoker.Dispose();

    private void Attempted() => Attempts++;

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(HttpJsonOptions options, Action retried)
    {
        // Real time: servers do not follow a replayed clock.
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = TimeProvider.System };
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromMinutes(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnother(attempt.Outcome, options)),
                OnRetry = _ =>
                {
                    retried();
                    return ValueTask.CompletedTask;
                },
            });
        }

        return pipeline.AddTimeout(options.PageTimeout).Build();
    }

    private static bool IsWorthAnother(Outcome<HttpResponseMessage> outcome, HttpJsonOptions options) => outcome switch
    {
        { Exception: TimeoutRejectedException or HttpRequestException or HttpIOException } => true,
        { Exception: { } e } => TransientFaults.Is(e),
        { Result: { } response } => IsTransient(response.StatusCode) && !(RetryAfter.Of(response, TimeProvider.System) > options.MaxRetryAfter),
        _ => false,
    };

    internal static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
