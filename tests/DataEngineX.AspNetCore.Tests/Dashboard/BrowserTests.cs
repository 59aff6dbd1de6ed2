using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DataEngineX.AspNetCore.Tests;

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task ThePageIsWholeQuietAndAccessible(int width, ColorScheme scheme)
    {
        await using var host = await DashboardTests.FilledAsync(new TestHost());
        var (page, complaints) = await OpenAsync(host, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await PictureAsync(page, $"dex-{width}-{scheme}.png");
        foreach (var closed in await page.Locator("details").AllAsync())
            await closed.EvaluateAsync("e => e.open = true");

        Assert.Equal(2, await page.Locator("figure > svg[role=img]").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than the screen.");
        var faults = (await page.RunAxe()).Violations;
        Assert.True(faults.Length == 0, string.Join("\n", faults.Select(f => $"{f.Id}: {f.Help}: {string.Join("; ", f.Nodes.Select(n => n.Html))}")));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task NewValuesComeInWithoutClosingWhatTheReaderOpened()
    {
        await using var host = await DashboardTests.FilledAsync(new TestHost());
        var (page, complaints) = await OpenAsync(host, new BrowserNewContextOptions { ViewportSize = new() { Width = 800, Height = 600 } });
        var details = page.Locator("#lineage details").First;
        await details.Locator("summary").ClickAsync();
        await page.EvaluateAsync("document.querySelector('#health').dataset.seen = 'yes'");
        var place = (await details.BoundingBoxAsync())!.Y;

        await host.Metadata.SaveRunAsync(RunsApiTests.Run("z9") with { Pipeline = "weather.changed" });
        await page.Locator("#runs tbody th", new() { HasText = "weather.changed" }).WaitForAsync();
        await DatasetsApiTests.SaveEvidenceAsync(host, "temp_min");
        await page.Locator("#lineage code", new() { HasText = "temp_min" }).WaitForAsync();

        Assert.True(await details.EvaluateAsync<bool>("e => e.open"));
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        Assert.Equal("yes", await page.EvaluateAsync<string>("document.querySelector('#health').dataset.seen"));
        Assert.Equal(place, (await details.BoundingBoxAsync())!.Y, 1.0);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WithoutScriptThePageSaysTheSame()
    {
        await using var host = await DashboardTests.FilledAsync(new TestHost());
        var (page, _) = await OpenAsync(host, new BrowserNewContextOptions { JavaScriptEnabled = false });

        Assert.True(await page.GetByText("weather.bronze").First.IsVisibleAsync());
        Assert.Equal("Reload the page for newer values.", await page.Locator("#live").InnerTextAsync());
        await page.Context.CloseAsync();
    }

    private static Task PictureAsync(IPage page, string name) => Environment.GetEnvironmentVariable("DEX_PICTURES") is { Length: > 0 } folder
        ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true })
        : Task.CompletedTask;

    private async Task<(IPage Page, List<string> Complaints)> OpenAsync(TestHost host, BrowserNewContextOptions options)
    {
        if (browser.Chromium is null)
            Assert.Skip("There is no Chromium on this machine.");
        var context = await browser.Chromium!.NewContextAsync(options);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");
        await page.GotoAsync(new Uri(host.Client.BaseAddress!, "/dex").ToString());
        return (page, complaints);
    }
}
