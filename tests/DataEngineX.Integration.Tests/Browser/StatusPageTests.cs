using Microsoft.Playwright;

namespace DataEngineX.Integration.Tests.Browser;

/// <summary>The status page in a real browser, over a service that replays days.</summary>
public sealed class StatusPageTests(ReplayingWeather weather) : IClassFixture<ReplayingWeather>
{
    [Theory]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_shows_the_service_living_without_a_console_error(int width, ColorScheme scheme)
    {
        await using var browser = await LocalBrowser.StartAsync();
        var page = await browser.OpenAsync(width, scheme);
        List<string> errors = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(weather.Host.Client.BaseAddress!, "/dex").ToString());

        foreach (var heading in (string[])["Health", "Forecast against actual", "Pipelines", "Runs", "Datasets", "Verdicts", "Column lineage", "Quarantine"])
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("persistence").First).ToBeVisibleAsync();
        Assert.Contains("weather.silver", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"The page is {overflow} px wider than the window.");
        await page.ScreenshotAsync(new() { Path = Path.Combine(LocalBrowser.Pictures, $"status-{width}-{scheme}.png"), FullPage = true });
        Assert.Empty(errors);
    }

    [Fact]
    public async Task It_refreshes_itself_while_days_arrive()
    {
        await using var browser = await LocalBrowser.StartAsync();
        var page = await browser.OpenAsync(1280, ColorScheme.Light);
        await page.GotoAsync(new Uri(weather.Host.Client.BaseAddress!, "/dex").ToString());
        var before = await page.InnerTextAsync("main");
        await weather.Host.UntilAsync("the page has changed by itself", async () => await page.InnerTextAsync("main") != before);
    }
}
