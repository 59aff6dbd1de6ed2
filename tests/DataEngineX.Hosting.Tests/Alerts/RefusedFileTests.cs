using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Lakehouse;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Tests.Alerts;

/// <summary>A file that no reader wants, followed through a whole host on disk: it is named wherever somebody may look.</summary>
public sealed class RefusedFileTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Webhook _webhook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _webhook.DisposeAsync();
        _folder.Dispose();
    }

    private sealed record Reading(string? Station, double? TempC);

    [Fact]
    public async Task A_refused_file_is_named_by_run_metric_log_and_alert()
    {
        var inbox = Directory.CreateDirectory(Path.Combine(_folder.Root, "inbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(inbox, "good.csv"), "station,temp_c\nZRH,21.5\n");
        await File.WriteAllBytesAsync(Path.Combine(inbox, "noise.csv"), [0, 1, 2, 3, 0, 255, 254, 7, 0, 0, 1, 2]);
        foreach (var file in Directory.GetFiles(inbox))
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        var measured = new ConcurrentQueue<(string? Pipeline, string? Input, long Count)>();
        var logs = new TestLogs();
        using var host = Host(inbox, logs);
        using var listener = Listen(host.Services, measured);
        await host.StartAsync();
        foreach (var pipeline in (string[])["raw", "bronze"])
        {
            var run = host.Services.GetRequiredService<IRunQueue>().Enqueue(new RunRequest(pipeline, "manual"));
            await Until.AsyncIs(
                async () => (await host.Services.GetRequiredService<IMetadataStore>().GetRunAsync(run.Id))?.State ?? RunState.Running, state => state != RunState.Running);
        }

        await Until.Is(() => _webhook.Received.Count == 1);
        var failed = (await host.Services.GetRequiredService<IMetadataStore>().ListRunsAsync(new RunQuery { Pipeline = "bronze", Limit = 1 }))[0];
        await host.StopAsync();

        Assert.Equal(RunState.Failed, failed.State);
        Assert.Equal("noise.csv", Path.GetFileName(Assert.Single(failed.Refused)));
        Assert.Equal(1, failed.Rows.Written);
        var (counted, input, count) = Assert.Single(measured);
        Assert.Equal(("bronze", failed.Refused[0], 1), (counted, input, count));
        Assert.Contains(logs.Lines, l => l.Id.Id == 3019 && l.Level == LogLevel.Warning && l.Text.Contains("bronze", StringComparison.Ordinal) && l.Text.Contains("noise.csv", StringComparison.Ordinal));
        var alert = Assert.Single(_webhook.Received);
        Assert.Equal(("failure", "bronze"), (alert.GetProperty("kind").GetString(), alert.GetProperty("pipeline").GetString()));
        Assert.EndsWith("noise.csv", alert.GetProperty("refused")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("noise.csv", alert.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private IHost Host(string inbox, TestLogs logs)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[StateFolder.ConfigurationKey] = Path.Combine(_folder.Root, "state");
        builder.Logging.AddProvider(logs);
        builder.Services.AddDataEngineX(dex => dex
            .UseLakehouse()
            .UseWebhookAlerts(_webhook.Address)
            .AddPipeline("raw", p => p.ReadFolder(inbox, "*.csv", name: "inbox").Incremental().IngestInto(Layer.Raw, "readings"))
            .AddPipeline("bronze", p => p.ReadCsvObjects<Reading>(Layer.Raw, "readings").Incremental().AppendTo(Layer.Bronze, "readings")));
        return builder.Build();
    }

    private static MeterListener Listen(IServiceProvider services, ConcurrentQueue<(string? Pipeline, string? Input, long Count)> measured)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "dataenginex.refused.inputs" && instrument.Meter.Scope == meters)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => measured.Enqueue((Tag(tags, "pipeline"), Tag(tags, "input"), count)));
        listener.Start();
        return listener;
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value as string;
        }

        return null;
    }
}
