using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Quality;

namespace DataEngineX.Hosting.Tests.Metadata;

/// <summary>The history of monitors in the store that a host has by default.</summary>
public sealed class SqliteMetricHistoryTests
{
    [Fact]
    public async Task Values_outlive_the_host_and_hosts_side_by_side_lose_none()
    {
        using var folder = new TempFolder();
        var file = folder.Below("state", SqliteMetadataStore.FileName);
        var key = new MetricKey(DatasetId.Table(Layer.Silver, "items"), Metrics.Rows, Partition: "day=1/2");
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using (var first = new SqliteMetadataStore(file))
        using (var second = new SqliteMetadataStore(file))
        {
            await first.InitializeAsync();
            await second.InitializeAsync();
            await Task.WhenAll(new[] { first, second }.Select((store, host) => Task.Run(async () =>
            {
                for (var i = 0; i < 10; i++)
                    await new MetadataMetricHistory(store).AppendAsync(key, new MetricPoint(start.AddHours((2 * i) + host), i, $"run-{host}-{i}"));
            })));
        }

        using var reopened = new SqliteMetadataStore(file);
        await reopened.InitializeAsync();
        var points = await new MetadataMetricHistory(reopened).ReadAsync(key);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => start.AddHours(i)), points.Select(p => p.At));
        Assert.Equal("run-1-9", points[^1].RunId);
    }
}
