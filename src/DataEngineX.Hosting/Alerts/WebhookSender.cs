using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace DataEngineX.Hosting.Alerts;

/// <summary>Posts alerts: a few tries, no redirects, no log lines (the address may hold a secret).</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, IOptions<DataEngineXHostOptions> options)
{
    private const string ClientName = "DataEngineX.Alerts";

    public Uri? Address => options.Value.AlertWebhook;

    public static void AddClient(IServiceCollection services) => services.AddHttpClient(ClientName)
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        .RemoveAllLoggers()
        .AddResilienceHandler("alerts", pipeline =>
        {
            // Real time: on a clock that replays the past at speed every try would time out at once.
            pipeline.TimeProvider = TimeProvider.System;
            pipeline
                .AddTimeout(TimeSpan.FromSeconds(30))
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 3,
                    Delay = TimeSpan.FromMilliseconds(500),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                })
                .AddTimeout(TimeSpan.FromSeconds(10));
        });

    /// <returns>Null when the receiver took it, else why not.</returns>
    public async ValueTask<string?> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = JsonContent.Create(message, AlertJson.Default.AlertMessage),
        };
        request.Headers.Add("Idempotency-Key", message.Id);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"the receiver answered {(int)response.StatusCode} {(HttpStatusCode)(int)response.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or Polly.Timeout.TimeoutRejectedException or IOException)
        {
            return e.Message;
        }
    }
}
