using DataEngineX.Hosting.Alerts;
using DataEngineX.Hosting.Scheduling;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Starting;

/// <summary>Opens what the host stands on, and refuses the start with one sentence when something is wrong. Done once.</summary>
/// <remarks>Services are resolved here and not injected: some throw that sentence from their constructor.</remarks>
internal sealed class HostPreparation(IServiceProvider services, ILogger<HostPreparation> logger) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _opened;
    private bool _checked;

    public async ValueTask PrepareAsync(bool forVerb, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_opened)
                await OpenAsync(cancellationToken).ConfigureAwait(false);
            _opened = true;
            if (_checked)
                return;
            foreach (var check in services.GetServices<IStartCheck>())
            {
                if (!forVerb || check.AppliesToVerbs)
                    await check.CheckAsync(cancellationToken).ConfigureAwait(false);
            }

            _checked = !forVerb;
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<DataEngineXHostOptions>>().Value;
        if (options.AlertWebhook is { } webhook && WebhookAddress.Flaw(webhook) is { } flaw)
            throw new DataEngineXException(flaw);
        var folder = services.GetRequiredService<StateFolder>();
        _ = services.GetRequiredService<IObjectStore>();
        await services.GetRequiredService<IMetadataStore>().InitializeAsync(cancellationToken).ConfigureAwait(false);
        var pipelines = services.GetRequiredService<IPipelineCatalog>();
        var schedules = services.GetRequiredService<ScheduleCatalog>();
        var named = schedules.All.Select(s => s.Pipeline)
            .Concat(services.GetServices<FollowsUpstream>().Select(f => f.Pipeline))
            .Concat(services.GetServices<RunsAtStart>().Select(r => r.Pipeline));
        foreach (var name in named)
        {
            if (!pipelines.TryFind(name, out _))
                throw UnknownPipeline.Error(name, pipelines);
        }

        Log.Prepared(logger, folder.Path, pipelines.Pipelines.Count, schedules.All.Count);
    }
}
