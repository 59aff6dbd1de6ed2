using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Tests.Health;

public sealed class HealthTests : IDisposable
{
    private static readonly DatasetId Silver = DatasetId.Table(Layer.Silver, "observations");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_is_live_before_and_ready_after_its_start()
    {
        await using var host = Host();
        await host.Metadata.InitializeAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host, HealthTags.Live)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host, HealthTags.Ready)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host, HealthTags.Startup)).Status);

        await host.StartedAsync();

        foreach (var tag in (string[])[HealthTags.Live, HealthTags.Startup])
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host, tag)).Status);
        var ready = await CheckAsync(host, HealthTags.Ready);
        Assert.Equal(["dataenginex.drain", "dataenginex.freshness", "dataenginex.lakehouse", "dataenginex.metadata", "dataenginex.started"], ready.Entries.Keys.Order());
    }

    [Fact]
    public async Task A_store_or_lakehouse_that_fails_makes_it_unready_and_leaves_it_live()
    {
        await using var host = await Host(s => s.AddSingleton<IObjectStore>(new FullDisk())).StartedAsync();

        var ready = await CheckAsync(host, HealthTags.Ready);

        Assert.Equal(HealthStatus.Unhealthy, ready.Status);
        Assert.Equal(HealthStatus.Unhealthy, ready.Entries["dataenginex.lakehouse"].Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host, HealthTags.Live)).Status);
    }

    [Fact]
    public async Task A_scheduler_that_hangs_is_not_live()
    {
        await using var host = await Host(dex: d => d.Schedule("p", "* * * * *").ConfigureHost(o => o.SchedulerSilence = TimeSpan.Zero)).StartedAsync();

        await Until.AsyncIs(() => CheckAsync(host, HealthTags.Live), report => report.Status == HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Stale_data_degrades_and_new_data_heals()
    {
        await using var host = await Host().StartedAsync();
        var monitor = host.Get<IFreshnessMonitor>();
        Assert.False((await monitor.LookAsync(Silver))!.IsFresh);
        host.Tables.Set(Silver, 0, () => [Days(TestHost.Noon.AddDays(-2)), Days(TestHost.Noon.AddDays(-3), null)]);
        var stale = await monitor.LookAsync(Silver);
        Assert.Equal(TestHost.Noon.Date.AddDays(-2), stale!.NewestEvent!.Value.UtcDateTime);
        Assert.Equal(TimeSpan.FromHours(60), stale.Age);
        var ready = await CheckAsync(host, HealthTags.Ready);
        Assert.Equal(HealthStatus.Degraded, ready.Status);
        Assert.Contains("silver/observations", ready.Entries["dataenginex.freshness"].Description, StringComparison.Ordinal);

        host.Tables.Set(Silver, 1, () => [Days(TestHost.Noon)]);
        Assert.True((await monitor.LookAsync(Silver))!.IsFresh);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host, HealthTags.Ready)).Status);
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host, HealthTags.Ready)).Status);
        Assert.Null(await monitor.LookAsync(DatasetId.Table(Layer.Gold, "other")));
    }

    [Fact]
    public async Task A_version_is_read_once()
    {
        await using var host = Host();
        host.Tables.Set(Silver, 0, () => [Days(TestHost.Noon)]);
        for (var i = 0; i < 5; i++)
            await host.Get<IFreshnessMonitor>().LookAsync(Silver);

        Assert.Equal(1, host.Tables.Scans);
    }

    private static Task<HealthReport> CheckAsync(TestHost host, string tag) =>
        host.Get<HealthCheckService>().CheckHealthAsync(r => r.Tags.Contains(tag));

    private static RecordBatch Days(params DateTimeOffset?[] days)
    {
        var builder = new Date32Array.Builder();
        foreach (var day in days)
            _ = day is { } value ? builder.Append(value.UtcDateTime.Date) : builder.AppendNull();
        return new RecordBatch(new Schema([new Field("date", Date32Type.Default, nullable: true)], null), [builder.Build()], days.Length);
    }

    private TestHost Host(Action<IServiceCollection>? services = null, Action<IDataEngineXBuilder>? dex = null) => new(
        _folder,
        builder =>
        {
            builder.AddCopy("p", new Feed("a"), new Feed("b"));
            builder.AddPipeline("silver", p => p.Read(new Feed("in").AsSource()).AppendTo(Layer.Silver, "observations").Unkeyed("a test").FreshWithin("date", TimeSpan.FromDays(1)));
            if (services is not null)
                services(builder.Services);
            dex?.Invoke(builder);
        });

    private sealed class FullDisk : IObjectStore
    {
        public Uri Location => new("memory://full/");

        public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            throw new DataEngineXException("The disk is full.");

        public ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
