using Microsoft.Playwright;

namespace DataEngineX.Integration.Tests.Browser;

/// <summary>The machine's own Chromium, driven without any download. Where there is none the test skips, except in CI.</summary>
internal sealed class LocalBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private LocalBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    public static async Task<LocalBrowser> StartAsync()
    {
        var executable = Find("chromium") ?? Find("google-chrome") ?? Find("chromium-browser");
        if (executable is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Chromium on the path.");
        Assert.True(executable is not null, "CI needs a Chromium on the path.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
        return new LocalBrowser(playwright, browser);
    }

    public async Task<IPage> OpenAsync(int width, ColorScheme scheme) => await _browser.NewPageAsync(new()
    {
        ViewportSize = new() { Width = width, Height = 900 },
        ColorScheme = scheme,
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
