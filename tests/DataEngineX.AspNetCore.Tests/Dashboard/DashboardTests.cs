using System.Net.Http.Headers;

namespace DataEngineX.AspNetCore.Tests;

public sealed class DashboardTests
{
    [Fact]
    public async Task ThePageShowsEveryPart()
    {
        await using var host = await FilledAsync(new TestHost());

        var page = await host.Client.GetStringAsync("/dex");

        foreach (var id in new[] { "health", "forecast", "pipelines", "runs", "datasets", "verdicts", "lineage", "quarantine" })
            Assert.Contains($"<section id=\"{id}\" class=\"card\" aria-labelledby=\"{id}-title\">", page, StringComparison.Ordinal);
        Assert.Contains("<path class=\"line actual\" d=\"M", page, StringComparison.Ordinal);
        Assert.Contains("25.0 %", page, StringComparison.Ordinal);
        Assert.Contains("<code>bronze/observations.temp_max</code>", page, StringComparison.Ordinal);
        Assert.Contains("not evaluated", page, StringComparison.Ordinal);
        Assert.Contains("2015-01-05 12:05:00", page, StringComparison.Ordinal);
        Assert.Contains("bad.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunAndADatasetLinkToTheirReport()
    {
        await using var host = await FilledAsync(new TestHost { PathBase = "/x" });
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("a b&c") with
        {
            Verdicts = [new Verdict { Rule = "between", Column = "high", Outcome = VerdictOutcome.Fail, Checked = 10, Failed = 2 }],
        });

        var page = await host.Client.GetStringAsync("/x/dex");

        Assert.Contains("<a href=\"?report=a%20b%26c\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"?report=r1\" aria-label=\"Report of silver/observations\">report</a>", page, StringComparison.Ordinal);
        using var report = await host.Client.GetAsync("/x/dex?report=a%20b%26c");
        Assert.Equal("text/html", report.Content.Headers.ContentType?.MediaType);
        Assert.Contains("between", await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Assert.Single(report.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        using var none = await host.Client.GetAsync("/x/dex?report=none");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task WhatOthersWroteIsShownAsTextOnly()
    {
        await using var host = await FilledAsync(new TestHost());
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("x") with { State = RunState.Failed, Error = "<script>alert('1')</script>\"onload=\"" });
        host.Tables.Add(new DatasetId("silver", "<img src=x>"), Rows());

        var page = await host.Client.GetStringAsync("/dex");

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot;onload=&quot;", page, StringComparison.Ordinal);
        Assert.Contains("silver/&lt;img src=x&gt;", page, StringComparison.Ordinal);
        Assert.Equal(1, Occurrences(page, "<script"));
    }

    [Fact]
    public async Task NothingOnThePageIsInlineAndEveryAnswerForbidsItToBe()
    {
        await using var host = await FilledAsync(new TestHost());

        foreach (var path in new[] { "/dex", "/dex/fragment", "/dex/assets/dex.js", "/dex/assets/dex.css", "/dex/assets/icon.svg" })
        {
            using var answer = await host.Client.GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }

        var page = await host.Client.GetStringAsync("/dex");
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("\\son[a-z]+=", page);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/dex", "/dex/assets/dex.css")]
    [InlineData(null, "/dex/", "/dex/assets/dex.css")]
    [InlineData("/x/y", "/x/y/dex", "/x/y/dex/assets/dex.css")]
    public async Task TheAssetsAreFoundFromWhereverThePageIsSeen(string? pathBase, string path, string asset)
    {
        await using var host = await FilledAsync(new TestHost { PathBase = pathBase });

        var page = await host.Client.GetStringAsync(path);

        var start = page.IndexOf("rel=\"stylesheet\" href=\"", StringComparison.Ordinal) + "rel=\"stylesheet\" href=\"".Length;
        var link = new Uri(new Uri(host.Client.BaseAddress!, path), page[start..page.IndexOf('"', start)]);
        Assert.Equal(asset, link.AbsolutePath);
        using var answer = await host.Client.GetAsync(link);
        Assert.Equal("text/css", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task AnUnchangedFragmentIsNotSentAgain()
    {
        await using var host = await FilledAsync(new TestHost());
        using var first = await host.Client.GetAsync("/dex/fragment");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dex/fragment");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));

        using var second = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AChangeReachesTheFragment()
    {
        await using var host = await FilledAsync(new TestHost());
        using var first = await host.Client.GetAsync("/dex/fragment");
        await host.Metadata.SaveRunAsync(RunsApiTests.Run("z9") with { Pipeline = "weather.changed" });

        string text;
        do
        {
            await Task.Delay(50);
            text = await host.Client.GetStringAsync("/dex/fragment");
        }
        while (!text.Contains("weather.changed", StringComparison.Ordinal));

        using var last = await host.Client.GetAsync("/dex/fragment");
        Assert.NotEqual(first.Headers.ETag, last.Headers.ETag);
    }

    [Fact]
    public async Task APartThatCannotBeReadLeavesTheOthersStanding()
    {
        await using var host = await FilledAsync(new TestHost());
        host.AddObservations().Failure = new InvalidOperationException("secret");

        var page = await host.Client.GetStringAsync("/dex");

        Assert.Contains("This part could not be read", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        Assert.Contains("weather.silver", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyHostHasAPageToo()
    {
        await using var host = await new TestHost { Models = null }.StartAsync();

        var page = await host.Client.GetStringAsync("/dex");

        Assert.Contains("Nothing has run yet.", page, StringComparison.Ordinal);
        Assert.Contains("No row has been set aside.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryTableHasACaptionAndEveryIdStandsOnce()
    {
        await using var host = await FilledAsync(new TestHost());

        var page = await host.Client.GetStringAsync("/dex");

        Assert.Equal(Occurrences(page, "<table>"), Occurrences(page, "<caption "));
        Assert.Equal(1, Occurrences(page, "<main "));
        Assert.Equal(1, Occurrences(page, "<h1>"));
        var ids = System.Text.RegularExpressions.Regex.Matches(page, "\\sid=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
    }

    internal static async Task<TestHost> FilledAsync(TestHost host)
    {
        await host.StartAsync();
        host.AddObservations();
        DatasetsApiTests.Quarantine(host);
        await DatasetsApiTests.SaveEvidenceAsync(host);
        foreach (var state in Enum.GetValues<RunState>())
            await host.Metadata.SaveRunAsync(RunsApiTests.Run($"r{(int)state}") with { State = state, Error = state == RunState.Failed ? "The gate stopped the run: between(high) failed." : null });
        return host;
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static Apache.Arrow.RecordBatch Rows() => new(
        new Apache.Arrow.Schema([new Apache.Arrow.Field("a", Apache.Arrow.Types.Int32Type.Default, false)], null),
        [new Apache.Arrow.Int32Array.Builder().Append(1).Build()],
        1);
}
