using System.Text.RegularExpressions;
using DataEngineX.Quality.Reports;
using Microsoft.Playwright;

namespace DataEngineX.Integration.Tests.Browser;

/// <summary>The HTML report in a real browser: it looks as it should under its own policy, and nothing in it comes alive.</summary>
public sealed partial class QualityReportTests
{
    private const string Address = "https://report.test/report.html";

    /// <summary>The smallest contrast of any text with what is behind it.</summary>
    private const string WorstContrast = """
        () => {
          const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
          let worst = 21;
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let n; n = walker.nextNode();) {
            const e = n.parentElement;
            if (!n.data.trim() || e.closest('title')) continue;
            const style = getComputedStyle(e);
            const ink = parse(e.namespaceURI.includes('svg') ? style.fill : style.color);
            const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
            worst = Math.min(worst, (a + 0.05) / (b + 0.05));
          }
          return worst;
        }
        """;

    [Theory]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_is_styled_readable_and_silent(int width, ColorScheme scheme)
    {
        await using var browser = await LocalBrowser.StartAsync();
        var (page, errors, requests) = await OpenAsync(browser, Sample(), width, scheme);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "observations" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Rules by severity and outcome" })).ToBeVisibleAsync();
        Assert.Equal("rgb(245, 247, 250)", scheme == ColorScheme.Light ? await BackgroundAsync(page) : "rgb(245, 247, 250)");
        Assert.True(scheme == ColorScheme.Light || await BackgroundAsync(page) == "rgb(16, 22, 31)");
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"The page is {overflow} px wider than the window.");
        Assert.InRange(await page.EvaluateAsync<double>(WorstContrast), 4.5, 21);
        await page.ScreenshotAsync(new() { Path = Path.Combine(LocalBrowser.Pictures, $"report-{width}-{scheme}.png"), FullPage = true });
        Assert.Equal([Address], requests);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task The_filter_works_without_script()
    {
        await using var browser = await LocalBrowser.StartAsync();
        var (page, errors, _) = await OpenAsync(browser, Sample(), 1280, ColorScheme.Light);
        var held = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "not_null" });
        await Assertions.Expect(held).ToBeVisibleAsync();

        await page.GetByLabel("only what did not pass").CheckAsync();
        await Assertions.Expect(held).ToBeHiddenAsync();
        var warning = page.Locator("#rules-table").GetByRole(AriaRole.Row).Filter(new() { HasText = "in_set" });
        await Assertions.Expect(warning).ToBeVisibleAsync();
        await page.GetByLabel("warning").UncheckAsync();
        await Assertions.Expect(warning).ToBeHiddenAsync();
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Printed_it_is_black_on_white_and_without_what_only_screens_need()
    {
        await using var browser = await LocalBrowser.StartAsync();
        var (page, _, _) = await OpenAsync(browser, Sample(), 800, ColorScheme.Dark);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await BackgroundAsync(page));
        await Assertions.Expect(page.GetByText("only what did not pass")).ToBeHiddenAsync();
        Assert.InRange(await page.EvaluateAsync<double>(WorstContrast), 4.5, 21);
    }

    [Fact]
    public async Task Hostile_values_stay_text_even_without_the_policy()
    {
        string[] hostile =
        [
            "<script>window.hit=1</script>", "</style><script>window.hit=1</script>", "\"><img src=x onerror=window.hit=1>", "'><svg onload=window.hit=1>",
            "</title><script>window.hit=1</script>", "<iframe srcdoc='<script>parent.hit=1</script>'>", "<a href=javascript:window.hit=1>x</a>",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>", "<!--<img src=\"--><img src=x onerror=window.hit=1>//\">",
            "<meta http-equiv=refresh content=0;url=https://evil.test/>", "<base href=https://evil.test/>", "<input autofocus onfocus=window.hit=1>",
            "<link rel=stylesheet href=https://evil.test/x.css>", "&lt;script&gt;window.hit=1&lt;/script&gt;", "</textarea><script>window.hit=1</script>",
        ];
        var report = new QualityReport(hostile[0], [.. hostile.Select(Hostile)]) { Dataset = hostile[2], RunId = hostile[7] };
        await using var browser = await LocalBrowser.StartAsync();

        var html = Policy().Replace(report.ToHtml(), "");
        var (page, errors, requests) = await OpenAsync(browser, html, 1280, ColorScheme.Light);

        Assert.Equal(0, await page.EvaluateAsync<int>("window.hit || 0"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('script,img,iframe,form,base,link,object,embed,input:not(fieldset input),a:not([href^=\"#\"])').length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"));
        var text = await page.InnerTextAsync("body");
        Assert.All(hostile, h => Assert.Contains(h, text, StringComparison.Ordinal));
        Assert.Equal([Address], requests);
        Assert.Empty(errors);
    }

    private static Verdict Hostile(string text) => new()
    {
        Rule = text,
        Column = text,
        Expectation = text,
        Outcome = VerdictOutcome.Fail,
        Checked = 2,
        Failed = 1,
        Observed = text,
        Samples = [new VerdictSample(0, text, text, 1)],
    };

    private static string Sample()
    {
        Verdict[] verdicts =
        [
            new() { Rule = "not_null", Column = "station", Expectation = "station has a value", Outcome = VerdictOutcome.Pass, Severity = Severity.Critical, Checked = 1461 },
            new()
            {
                Rule = "between", Column = "temp_max", Expectation = "temp_max is between -60 and 60", Outcome = VerdictOutcome.Fail, Checked = 1461, Failed = 2,
                Samples = [new VerdictSample(17, "99.9", "seattle.csv", 19), new VerdictSample(401, "-120", "seattle.csv", 403)],
            },
            new() { Rule = "in_set", Column = "weather", Outcome = VerdictOutcome.Fail, Severity = Severity.Warning, Checked = 1461, Failed = 1, Samples = [new VerdictSample(3, new string('w', 300))] },
            new() { Rule = "regex", Column = "station", Outcome = VerdictOutcome.Error, Severity = Severity.Info, Message = "the pattern could not be read" },
            new() { Rule = "fresh_within", Column = "date", Outcome = VerdictOutcome.NotEvaluated },
        ];
        return new QualityReport("observations", verdicts)
        {
            Dataset = "silver/observations",
            CheckedAt = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero),
            History = [new PastCheck(new DateTimeOffset(2024, 4, 30, 12, 0, 0, TimeSpan.Zero), [verdicts[0], verdicts[1] with { Failed = 300 }])],
        }.ToHtml();
    }

    private static async Task<(IPage Page, List<string> Errors, List<string> Requests)> OpenAsync(LocalBrowser browser, string html, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(width, scheme);
        List<string> errors = [];
        List<string> requests = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.RouteAsync("**/*", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = route.Request.Url == Address ? html : "",
        }));
        await page.GotoAsync(Address);
        return (page, errors, requests);
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();
}
