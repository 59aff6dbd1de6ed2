using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using DataEngineX.Quality;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Tests.Running;

/// <summary>What goes wrong after a run has published fails nothing, and is still told by record and log.</summary>
public sealed class RunWarningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_history_that_cannot_be_written_is_a_warning_of_the_run()
    {
        var logs = new TestLogs();
        using var host = Host(logs);
        await host.StartAsync();
        var metadata = host.Services.GetRequiredService<IMetadataStore>();
        var started = host.Services.GetRequiredService<IRunQueue>().Enqueue(new RunRequest("watched", "manual"));
        await Until.AsyncIs(async () => (await metadata.GetRunAsync(started.Id))?.State ?? RunState.Running, state => state != RunState.Running);
        await Until.Is(() => logs.Lines.Any(l => l.Id.Id == 3011));
        var run = await metadata.GetRunAsync(started.Id);
        await host.StopAsync();

        Assert.Equal((RunState.Succeeded, null, true), (run!.State, run.Error, run.Published));
        Assert.Equal("After the rows were published: the disk is full", Assert.Single(run.Warnings));
        var (level, _, text) = Assert.Single(logs.Lines, l => l.Id.Id == 3025);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("watched", text, StringComparison.Ordinal);
        Assert.Contains("the disk is full", text, StringComparison.Ordinal);
    }

    private IHost Host(TestLogs logs)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[StateFolder.ConfigurationKey] = Path.Combine(_folder.Root, "state");
        builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton<IMetricHistory>(new FullHistory());
        builder.Services.AddDataEngineX(dex => dex
            .UseLakehouse()
            .AddPipeline("watched", p => p
                .ReadRows("items", [new Item(1), new Item(2)])
                .Watch(Gate.Stop, new MetricMonitor(Metrics.Rows, new ThresholdStrategy(Max: 1000)))
                .ReplaceTable(Layer.Silver, "items").Unkeyed("a test")));
        return builder.Build();
    }

    private sealed record Item(long X);

    private sealed class FullHistory : IMetricHistory
    {
        public ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default) => throw new IOException("the disk is full");

        public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<MetricPoint>>([]);
    }
}
