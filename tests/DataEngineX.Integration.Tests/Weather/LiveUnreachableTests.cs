using System.Net;
using DataEngineX.Sources.Tests.Http;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>The whole service before a live source that refuses its key: it starts, serves what it has, and says so wherever one would look.</summary>
public sealed class LiveUnreachableTests
{
    private const string Key = "wr0ng-k3y";

    [Fact]
    public async Task A_live_source_that_cannot_be_asked_is_told_in_rest_and_on_the_page()
    {
        using var folder = new TempFolder();
        await using var source = new Loopback((_, _) => new Answer(401, "{\"cod\":401,\"message\":\"Invalid API key.\"}"));
        await using var host = WeatherHost.Begin(
            folder.Root, "--replay", "none", "--DataEngineX:Weather:Live:Source=openweathermap", $"--DataEngineX:Weather:Live:Key={Key}", $"--DataEngineX:Weather:Live:Address={source.Address}");
        await host.UntilAsync("it answers", async () => await host.StatusAsync("/health/live") == HttpStatusCode.OK);
        await host.UntilAsync("the source was asked", async () => ((string?)(await host.GetAsync("/api/v1/forecast/live?location=Seattle"))["detail"])!.Contains("could not be asked", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await host.StatusAsync("/api/v1/forecast/live?location=Seattle"));
        Assert.Contains("answered 401 Unauthorized", (string?)(await host.GetAsync("/api/v1/forecast/live?location=Seattle"))["detail"], StringComparison.Ordinal);
        var run = (await host.RunsAsync()).First(r => (string?)r["pipeline"] == "weather.live.raw");
        Assert.Equal("failed", (string?)run["state"]);
        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/dex"));
        Assert.Contains("weather.live.raw", page, StringComparison.Ordinal);
        Assert.Contains("answered 401 Unauthorized", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, page + run.ToJsonString() + host.Text, StringComparison.Ordinal);
        Assert.All(source.Requests, r => Assert.Contains($"appid={Key}", r, StringComparison.Ordinal));
    }
}
