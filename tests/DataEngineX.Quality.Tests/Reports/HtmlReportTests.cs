using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using DataEngineX.Quality.Reports;

namespace DataEngineX.Quality.Tests.Reports;

public partial class HtmlReportTests
{
    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Fact]
    public void It_tells_every_verdict_with_its_counts_and_samples()
    {
        var html = Reports.Report(
            Reports.Verdict(), Reports.Verdict("unique", "id", VerdictOutcome.Pass, failed: 0), Reports.Verdict("regex", "name", VerdictOutcome.Error, failed: 0),
            Reports.Verdict("row_count", null, VerdictOutcome.NotEvaluated, @checked: 0, failed: 0)).ToHtml();

        Assert.Contains("Not passed: 1 of 4 rules hold.", html, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(html, "<tr class=\"of-error"));
        Assert.Contains("temp_c is between -90 and 60", html, StringComparison.Ordinal);
        Assert.Contains("70 % hold", html, StringComparison.Ordinal);
        Assert.Contains("the column is text", html, StringComparison.Ordinal);
        Assert.Contains("<code>99.5</code>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"plain\">null</span>", html, StringComparison.Ordinal);
        Assert.Contains("<td>a.csv</td><td class=\"number\">6</td>", html, StringComparison.Ordinal);
        Assert.Contains("silver/observations", html, StringComparison.Ordinal);
        Assert.Contains("2024-05-01 12:00:00 UTC", html, StringComparison.Ordinal);
        Assert.Contains("not evaluated", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_value_becomes_markup(string text)
    {
        var html = Reports.HostileReport(text).ToHtml();
        var plain = Reports.HostileReport("x").ToHtml();

        Assert.Equal(Tags(plain), Tags(html));
        Assert.DoesNotMatch("<[a-z][^>]*\\son[a-z]+\\s*=", html);
    }

    [Fact]
    public void It_needs_nothing_else_and_its_policy_allows_only_its_own_style()
    {
        var html = Reports.Report(Reports.Verdict()).ToHtml();

        Assert.DoesNotMatch("(src|href)=\"(?!#)", html);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        var style = Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Masked_columns_keep_their_counts_and_lose_their_values()
    {
        var secret = Reports.Verdict("in_set", "name") with { Observed = "Ada", Message = "Ada is bad", Samples = [new VerdictSample(1, "Ada")] };
        var both = Reports.Verdict("unique", "id, name") with { Samples = [new VerdictSample(1, "{\"name\":\"Ada\"}")] };
        var options = new ReportOptions { MaskedColumns = ["NAME"] };
        var report = Reports.Report(secret, both, Reports.Verdict());

        foreach (var text in (string[])[report.ToHtml(options), report.ToMarkdown(options), report.ToJUnitXml(options)])
        {
            Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            Assert.Contains("masked", text, StringComparison.Ordinal);
            Assert.Contains("99.5", text.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_masked_key_or_group_is_masked_wherever_it_stands()
    {
        var verdict = Reports.Verdict() with
        {
            Group = [new VerdictField("name", "\"Ada\"")],
            Samples = [new VerdictSample(1, "99.5") { Keys = [new VerdictField("id", "17"), new VerdictField("name", "\"Ada\"")] }],
        };
        var options = new ReportOptions { MaskedColumns = ["name"] };

        foreach (var text in (string[])[Reports.Report(verdict).ToHtml(options), Reports.Report(verdict).ToMarkdown(options), Reports.Report(verdict).ToJUnitXml(options)])
        {
            Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            Assert.Contains("17", text, StringComparison.Ordinal);
            Assert.Contains("99.5", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_common_values_thresholds_and_details_are_told()
    {
        var html = Reports.Report(Reports.Verdict() with
        {
            Where = "station is not null",
            Group = [new VerdictField("city", "\"Rome\"")],
            Thresholds = [new VerdictThreshold(Severity.Warning, 0.99, false)],
            Details = [new VerdictField("missing", "[\"a\"]")],
            Samples = [new VerdictSample(1, "99.5") { Keys = [new VerdictField("id", "17")] }],
            CommonValues = [new VerdictValue("99.5", "99.5", 2)],
        }).ToHtml();

        Assert.Contains("between(temp_c) of city = &quot;Rome&quot;</h3>", html, StringComparison.Ordinal);
        Assert.Contains(", where station is not null", html, StringComparison.Ordinal);
        Assert.Contains("warning below 99 %: not reached", html, StringComparison.Ordinal);
        Assert.Contains("<dt>missing</dt><dd><code>[&quot;a&quot;]</code></dd>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">id</th>", html, StringComparison.Ordinal);
        Assert.Contains("<code>99.5</code></th><td class=\"number\">2</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_size_is_capped_and_it_says_what_was_left_out()
    {
        var verdicts = Enumerable.Range(0, 20_000).Select(i => Reports.Verdict(
            $"rule{i}", new string('é', 150), i == 12_345 ? VerdictOutcome.Fail : VerdictOutcome.Pass, failed: i == 12_345 ? 3 : 0)).ToArray();

        var html = Reports.Report(verdicts).ToHtml(new ReportOptions { MaxBytes = 100_000 });

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 40_000, 100_000);
        Assert.Contains(">rule12345</a>", html, StringComparison.Ordinal);
        Assert.Matches("19,[0-9]{3} more rules are left out", html);
        Assert.EndsWith("</body></html>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_value_is_cut()
    {
        var verdict = Reports.Verdict() with { Samples = [new VerdictSample(0, new string('x', 10_000_000))], Message = new string('y', 10_000_000) };

        Assert.InRange(Reports.Report(verdict).ToHtml().Length, 1, 20_000);
    }

    [Fact]
    public void The_trend_follows_a_rule_through_earlier_checks()
    {
        var report = Reports.Report(Reports.Verdict(@checked: 10, failed: 3), Reports.Verdict("new_rule", "b")) with
        {
            History = [new PastCheck(Reports.At.AddDays(-2), [Reports.Verdict(failed: 0, outcome: VerdictOutcome.Pass)]), new PastCheck(Reports.At.AddDays(-1), [Reports.Verdict(failed: 1)])],
        };

        var html = report.ToHtml();

        Assert.Contains("Held in the last 3 checks, oldest first: 100 %, 90 %, 70 %", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "<svg class=\"trend\""));
        Assert.Equal(1, Regex.Count(html, "<path d=\"M4 4L60 5.8L116 9.4\"/>"));
    }

    [Fact]
    public async Task The_profile_stands_below_with_histograms_and_masks_what_is_masked()
    {
        using var batch = Rows.Of(
            ("n", Int64Type.Default, [1L, 2L, 2L, 40L]), ("<b>", StringType.Default, ["<i>Ada</i>", "Bob", "Bob", null]), ("name", StringType.Default, ["Eve", "Eve", "Eve", "Eve"]));
        var profile = await Profiler.ProfileAsync(Rows.Stream(Rows.Split(batch, 4)), batch.Schema);
        var report = Reports.Report(Reports.Verdict()) with { Profile = profile };

        var html = report.ToHtml(new ReportOptions { MaskedColumns = ["name"] });

        Assert.Equal(1, Regex.Count(html, "<svg class=\"histogram\""));
        Assert.Matches("<title>Histogram of n; from 1: 3, .*: 1</title>", html);
        Assert.Contains("&lt;b&gt; <span class=\"note\">utf8</span>", html, StringComparison.Ordinal);
        Assert.Contains("<code>&lt;i&gt;Ada&lt;/i&gt;</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code>Bob</code></th><td class=\"number\">2</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Eve", html, StringComparison.Ordinal);
        Assert.Contains("<dt>Null</dt><dd>1 of 4</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<dt>Mean</dt><dd>11.25</dd>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_do_not_fit_are_left_out_and_counted()
    {
        using var batch = Rows.Of([.. Enumerable.Range(0, 400).Select(i => ($"column{i}", (IArrowType)Int64Type.Default, new object?[] { 1L, 2L, 3L }))]);
        var profile = await Profiler.ProfileAsync(Rows.Stream(Rows.Split(batch, 4)), batch.Schema);

        var html = (Reports.Report(Reports.Verdict()) with { Profile = profile }).ToHtml(new ReportOptions { MaxBytes = 100_000 });

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 60_000, 100_000);
        Assert.Matches("[0-9]{3} more columns are left out", html);
    }

    [Fact]
    public void A_share_close_to_all_is_not_all()
    {
        var html = Reports.Report(Reports.Verdict(@checked: 1_000_000_000, failed: 1)).ToHtml();

        Assert.Contains("99.9999 % hold", html, StringComparison.Ordinal);
        Assert.Contains("1,000,000,000", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_have_captions_and_ids_stand_once()
    {
        var html = Reports.Report(Reports.Verdict(), Reports.Verdict()).ToHtml();

        Assert.Equal(Regex.Count(html, "<table "), Regex.Count(html, "<caption "));
        var ids = Regex.Matches(html, "\\sid=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (Match link in Regex.Matches(html, "href=\"#([^\"]+)\""))
            Assert.Contains(link.Groups[1].Value, ids);
    }

    [Theory]
    [InlineData(-1, 200, 1 << 20)]
    [InlineData(20, 0, 1 << 20)]
    [InlineData(20, 200, 1000)]
    public void Senseless_options_are_refused(int samples, int length, int bytes) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ReportOptions { MaxSamples = samples, MaxValueLength = length, MaxBytes = bytes });

    [Fact]
    public void A_report_needs_a_title() => Assert.Throws<ArgumentException>(() => new QualityReport(" ", []));

    /// <summary>All tags with the names of their attributes.</summary>
    private static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(m => m.Groups[1].Value + "(" + string.Join(
        ",", Attribute().Matches(m.Groups[2].Value).Select(a => a.Groups[1].Value)) + ")");

    [GeneratedRegex("<(/?[a-zA-Z!][^\\s>/]*)([^>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s([a-z-]+)(?:=\"[^\"]*\")?")]
    private static partial Regex Attribute();
}
