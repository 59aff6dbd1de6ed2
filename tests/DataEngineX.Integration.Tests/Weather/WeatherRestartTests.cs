namespace DataEngineX.Integration.Tests.Weather;

public sealed class WeatherRestartTests
{
    [Fact]
    public async Task A_replay_moves_freshness_forecasts_and_performance_and_a_second_start_finds_its_work_done()
    {
        using var folder = new TempFolder();
        string version, newest;
        await using (var host = await WeatherHost.StartAsync(folder.Root, "--replay", "2015-01-01", "--speed", "1d=100ms"))
        {
            var freshness = (await host.GetAsync("/api/v1/datasets/silver/observations"))["freshness"]!.ToJsonString();
            await host.UntilAsync("four days have met their forecasts", async () =>
                (long)(await host.GetAsync("/api/v1/models/next-day-high/performance"))["forecasts"]! >= 8);
            var performance = await host.GetAsync("/api/v1/models/next-day-high/performance");
            Assert.InRange((double)performance["meanAbsoluteError"]!, 0, 20);
            Assert.InRange((double)performance["baselines"]!["persistence"]!, 0, 20);
            Assert.NotEqual(freshness, (await host.GetAsync("/api/v1/datasets/silver/observations"))["freshness"]!.ToJsonString());
            Assert.Contains(await host.RunsAsync(), r => (string?)r["trigger"] == "schedule" && (string?)r["pipeline"] == "weather.raw");
            version = (await host.GetAsync("/api/v1/forecast?location=Seattle"))["model"]!["version"]!.ToJsonString();
            Assert.Equal(0, await host.StopAsync());
            newest = Directory.EnumerateFiles(Path.Combine(folder.Root, "inbox"), "day-*.csv").Max(StringComparer.Ordinal)!;
        }

        await using (var host = await WeatherHost.StartAsync(folder.Root, "--replay", "2015-01-01", "--speed", "1d=100ms"))
        {
            await host.UntilAsync("the replay goes on", () => Task.FromResult(string.CompareOrdinal(
                Directory.EnumerateFiles(host.Inbox, "day-*.csv").Max(StringComparer.Ordinal), newest) > 0));
            Assert.Equal(version, (await host.GetAsync("/api/v1/forecast?location=Seattle"))["model"]!["version"]!.ToJsonString());
            Assert.Single(await host.RunsAsync(), r => (string?)r["pipeline"] == "weather.train");
            Assert.Equal(0, await host.StopAsync());
        }
    }
}
