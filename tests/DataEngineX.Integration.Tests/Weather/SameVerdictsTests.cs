using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Wherever the verdicts of a run are shown, they are the same.</summary>
public sealed partial class SameVerdictsTests(StartedWeather started) : IClassFixture<StartedWeather>
{
    private WeatherHost Host => started.Host;

    [Theory]
    [InlineData("weather.silver", "silver", "observations", 14)]
    [InlineData("weather.gold", "gold", "daily_features", 18)]
    public async Task Run_dataset_commit_metrics_report_and_status_page_show_the_same(string pipeline, string layer, string name, int rules)
    {
        await Host.UntilIdleAsync();
        var quality = await Host.GetAsync($"/api/v1/datasets/{layer}/{name}/quality");
        var id = (string)quality["runId"]!;
        var run = await Host.GetAsync($"/api/v1/runs/{id}");
        string[] expected = [.. run["verdicts"]!.AsArray().Select(v => Of(v!))];
        Assert.True(expected.Length >= rules, $"{expected.Length} verdicts");

        Assert.Equal(expected, quality["verdicts"]!.AsArray().Select(v => Of(v!)));
        Assert.Equal(expected, Commit(Path.Combine(started.State, layer, name), id));
        Assert.Equal(expected, Cells().Matches(Table(await Host.Client.GetStringAsync("/dex"), $"{layer}/{name}")).Select(Row));
        Assert.Equal(
            expected.Select(e => e[..e.LastIndexOf('|')]),
            Cases(await Host.Client.GetStringAsync($"/api/v1/runs/{id}/report?format=markdown")));
        await AssertMetricsAsync(pipeline);
    }

    [Theory]
    [InlineData("raw", "weather", "path")]
    [InlineData("bronze", "observations", "temp_max")]
    [InlineData("silver", "observations", "temp_max")]
    [InlineData("gold", "daily_features", "temp_max_mean7")]
    public async Task Each_layer_has_a_profile_in_rest_and_on_the_page(string layer, string name, string column)
    {
        await Host.UntilIdleAsync();
        var table = await Host.GetAsync($"/api/v1/datasets/{layer}/{name}");
        JsonNode profile = null!;
        await Host.UntilAsync("the newest version is profiled", async () =>
        {
            profile = await Host.GetAsync($"/api/v1/datasets/{layer}/{name}/profile");
            return (long?)profile["version"] == (long)table["version"]!;
        });

        Assert.Equal((long)table["rows"]!, (long)profile["rows"]!);
        var told = profile["columns"]!.AsArray().Single(c => (string)c!["name"]! == column)!;
        Assert.True((long)told["distinct"]! > 0);
        var page = await Host.Client.GetStringAsync("/dex");
        Assert.Contains($"<th scope=\"row\">{column}</th><td>{told["type"]}</td>", page[page.IndexOf($"id=\"profile-{layer}/{name}-scroll\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        if (layer is "silver" or "gold")
            Assert.Contains("class=\"histogram\"", await Host.Client.GetStringAsync($"/api/v1/datasets/{layer}/{name}/quality/report"), StringComparison.Ordinal);
    }

    /// <summary>Counters add up over runs, so they are held against all runs.</summary>
    private async Task AssertMetricsAsync(string pipeline)
    {
        var told = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var listed in (await Host.RunsAsync()).Where(r => (string?)r["pipeline"] == pipeline))
        {
            foreach (var verdict in (await Host.GetAsync($"/api/v1/runs/{(string)listed["id"]!}"))["verdicts"]!.AsArray())
            {
                var key = string.Join('|', new[] { "rule", "column", "outcome", "severity" }.Select(n => (string?)verdict![n]));
                told[key] = told.GetValueOrDefault(key) + 1;
            }
        }

        var counted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (Match line in Sample().Matches(await Host.Client.GetStringAsync("/metrics")))
        {
            var tags = Tag().Matches(line.Groups[1].Value).ToDictionary(t => t.Groups[1].Value, t => Regex.Unescape(t.Groups[2].Value));
            if (tags["pipeline"] == pipeline)
                counted[$"{tags["rule"]}|{tags["column"]}|{tags["outcome"]}|{tags["severity"]}"] = long.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        Assert.Equal(told, counted);
    }

    private static string Of(JsonNode v) => string.Join('|', v["rule"], v["column"], v["outcome"], v["severity"], v["checked"], v["failed"]);

    private static IEnumerable<string> Commit(string table, string run)
    {
        var info = Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json").SelectMany(File.ReadLines)
            .Select(l => JsonNode.Parse(l)!["commitInfo"]).Last(c => c?.ToJsonString().Contains(run, StringComparison.Ordinal) == true)!;
        return info["verdicts"]!["items"]!.AsArray().Select(v => string.Join(
            '|', v!["rule"], v["column"], Lower(v["outcome"]), Lower(v["severity"]), v["checked"], v["failed"]));
    }

    private static string Lower(JsonNode? word) => char.ToLowerInvariant(((string)word!)[0]) + ((string)word!)[1..];

    private static string Table(string page, string dataset)
    {
        var start = page.IndexOf($"id=\"verdicts-{dataset}-scroll\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</table>", start, StringComparison.Ordinal)];
    }

    private static string Row(Match row)
    {
        string[] cells = [.. row.Groups.Values.Skip(1).Select(g => WebUtility.HtmlDecode(g.Value))];
        return string.Join('|', cells[0], cells[1] == "–" ? "" : cells[1], cells[2] == "not evaluated" ? "notEvaluated" : cells[2], cells[3], Plain(cells[4]), Plain(cells[5]));
    }

    private static IEnumerable<string> Cases(string markdown) => MarkdownRow().Matches(markdown).Select(m =>
    {
        string[] cells = [.. m.Groups.Values.Skip(1).Select(g => g.Value.Replace("\\", "", StringComparison.Ordinal))];
        var outcome = cells[0] switch { "passed" => "pass", "failed" => "fail", "error" => "error", _ => "notEvaluated" };
        return string.Join('|', cells[1], cells[2] == "–" ? "" : cells[2], outcome, cells[3], Plain(cells[4]));
    });

    private static string Plain(string count) => count.Replace(",", "", StringComparison.Ordinal);

    [GeneratedRegex("<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td><td><span class=\"state [a-z]+\"><span aria-hidden=\"true\">.</span> (.*?)</span></td><td>(.*?)</td><td class=\"number\">(.*?)</td><td class=\"number\">(.*?)</td>")]
    private static partial Regex Cells();

    [GeneratedRegex(@"^dataenginex_verdicts(?:_total)?\{(.*)\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\| \S+ (passed|failed|error|not evaluated) \| (.*?) \| (.*?) \| .*? \| (info|warning|error|critical) \| ([\d,]+) \| [\d,]+ \| .*\|$", RegexOptions.Multiline)]
    private static partial Regex MarkdownRow();
}
