using System.Runtime.InteropServices;
using DataEngineX.Hosting;
using DataEngineX.Hosting.Alerts;
using DataEngineX.Hosting.Profiles;
using DataEngineX.Hosting.Starting;
using DataEngineX.Hosting.Verbs;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Runs a host by its command line.</summary>
public static class DataEngineXHostExtensions
{
    private static readonly TimeSpan LastAlerts = TimeSpan.FromSeconds(35);

    /// <summary>
    /// Without a verb, runs the host until it is asked to stop. With one (<c>run</c>, <c>plan</c>, <c>list</c> or a host's own
    /// <see cref="IHostVerb"/>) does that and ends: the host is then not started, no schedule fires and nothing listens.
    /// Disposes the host.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="args">The command line. A verb comes first; what starts with <c>--</c> is configuration.</param>
    /// <param name="cancellationToken">Ends host or verb.</param>
    /// <returns>The exit code: 0 done or stopped as asked; 1 the start was refused or the verb failed, the reason is written in one sentence; 2 the verb was used wrongly.</returns>
    public static async Task<int> RunDataEngineXAsync(this IHost host, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            var output = host.Services.GetRequiredService<IVerbOutput>();
            try
            {
                return args is [var verb, .. var rest] && !verb.StartsWith('-')
                    ? await ExecuteAsync(host, verb, new VerbArguments(rest), output, cancellationToken).ConfigureAwait(false)
                    : await ServeAsync(host, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (StartRefusal.Sentence(e) is { } sentence)
            {
                await output.Error.WriteLineAsync(sentence).ConfigureAwait(false);
                return ExitCodes.Failed;
            }
        }
        finally
        {
            if (host is IAsyncDisposable disposable)
                await disposable.DisposeAsync().ConfigureAwait(false);
            else
                host.Dispose();
        }
    }

    private static async Task<int> ServeAsync(IHost host, CancellationToken cancellationToken)
    {
        await host.Services.GetRequiredService<HostPreparation>().PrepareAsync(forVerb: false, cancellationToken).ConfigureAwait(false);
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<int> ExecuteAsync(
        IHost host, string name, VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = OnSignal(PosixSignal.SIGINT, asked);
        using var terminate = OnSignal(PosixSignal.SIGTERM, asked);
        await host.Services.GetRequiredService<HostPreparation>().PrepareAsync(forVerb: true, asked.Token).ConfigureAwait(false);
        var verbs = host.Services.GetServices<IHostVerb>().ToList();
        if (verbs.Find(v => string.Equals(v.Name, name, StringComparison.Ordinal)) is not { } verb)
        {
            await output.Error.WriteLineAsync($"There is no verb '{name}'; there are:").ConfigureAwait(false);
            foreach (var known in verbs)
                await output.Error.WriteLineAsync($"  {known.Name} {known.Usage}").ConfigureAwait(false);
            return ExitCodes.Misused;
        }

        var code = await verb.ExecuteAsync(arguments, output, asked.Token).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(LastAlerts);
        await host.Services.GetRequiredService<AlertService>().FlushAsync(patience.Token).ConfigureAwait(false);
        if (host.Services.GetService<TableProfiler>() is { } profiler)
            await profiler.FlushAsync(asked.Token).ConfigureAwait(false);
        return code;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource asked) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            asked.Cancel();
        });
}
