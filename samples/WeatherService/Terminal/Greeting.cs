using DataEngineX;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WeatherService;

/// <summary>Says where to look, and when the service is ready.</summary>
/// <param name="terminal">Where to say it.</param>
/// <param name="lifetime">Tells when the service listens.</param>
/// <param name="server">Knows where it listens.</param>
/// <param name="check">Knows when it is ready.</param>
/// <param name="state">Where everything is kept.</param>
/// <param name="options">Tell of inbox and replay.</param>
public sealed class Greeting(
    WeatherTerminal terminal,
    IHostApplicationLifetime lifetime,
    IServer server,
    ForecastHealthCheck check,
    StateFolder state,
    WeatherOptions options) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        terminal.Say($"State in {state.Path}; files dropped into {options.Inbox} are taken in.");
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "nowhere";
        terminal.Say($"listening on {address}");
        while ((await check.CheckHealthAsync(new HealthCheckContext(), stoppingToken)).Status != HealthStatus.Healthy)
            await Task.Delay(Look, stoppingToken);
        terminal.IsReady();
        terminal.Say($"ready {WeatherTerminal.SinceStart.TotalSeconds:F1} s after the start");
        terminal.Say($"  status page  {address}/dex");
        terminal.Say($"  forecast     {address}/api/v1/forecast?location=Seattle");
        terminal.Say($"  API          {address}/openapi/v1.json");
        if (options.ReplayFrom is { } first)
            terminal.Say($"  replay       the days from {first:yyyy-MM-dd} arrive, one each {options.ReplayDay.TotalSeconds:0.##} s; off with --replay none");
    }
}
