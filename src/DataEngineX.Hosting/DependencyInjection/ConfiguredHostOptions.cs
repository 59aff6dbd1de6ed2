using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.DependencyInjection;

/// <summary>Lets configuration go before code.</summary>
internal sealed class ConfiguredHostOptions(IServiceProvider services) : IPostConfigureOptions<DataEngineXHostOptions>
{
    public const string WebhookKey = "DataEngineX:Alerts:Webhook";

    public void PostConfigure(string? name, DataEngineXHostOptions options)
    {
        var configuration = services.GetService(typeof(IConfiguration)) as IConfiguration;
        if (configuration?[WebhookKey] is not { Length: > 0 } webhook)
            return;
        options.AlertWebhook = Uri.TryCreate(webhook, UriKind.Absolute, out var address)
            ? address
            : throw new DataEngineXException($"The configuration key {WebhookKey} is not an absolute address.");
    }
}
