using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DataEngineX.Quality.Tests.Reports;

public class TextReportTests
{
    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Fact]
    public void Markdown_has_a_row_a_rule_and_a_table_of_samples()
    {
        var text = Reports.Report(Reports.Verdict(), Reports.Verdict("unique", "id", VerdictOutcome.Pass, failed: 0)).ToMarkdown();

        Assert.Contains("**Not passed: 1 of 2 rules hold.**", text, StringComparison.Ordinal);
        Assert.Contains("| ❌ failed | between | temp\\_c | temp\\_c is between -90 and 60 | error | 10 | 3 | 70 % hold |\n", text, StringComparison.Ordinal);
        Assert.Contains("| 4 | a.csv | 6 | 99.5 |\n| 7 | – |  | *null* |\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_value_becomes_markdown_or_markup(string text)
    {
        var markdown = Reports.HostileReport(text).ToMarkdown();
        var plain = Reports.HostileReport("x").ToMarkdown();

        Assert.Equal(plain.Count(c => c == '\n'), markdown.Count(c => c == '\n'));
        Assert.DoesNotContain('<', markdown);
        Assert.DoesNotContain('@', markdown);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", markdown);
        foreach (var (expected, actual) in plain.Split('\n').Zip(markdown.Split('\n')))
            Assert.Equal(Regex.Count(expected, @"(?<!\\)\|"), Regex.Count(actual, @"(?<!\\)\|"));
    }

    [Fact]
    public void An_address_in_a_value_is_no_link()
    {
        var text = Reports.Report(Reports.Verdict() with { Samples = [new VerdictSample(0, "https://example.org www.example.org 12:30")] }).ToMarkdown();

        Assert.Contains(@"https\://example.org www\.example.org 12:30", text, StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_tells_failures_errors_and_skipped_apart()
    {
        var xml = XDocument.Parse(Reports.Report(
            Reports.Verdict(), Reports.Verdict(outcome: VerdictOutcome.Pass, failed: 0), Reports.Verdict("regex", "name", VerdictOutcome.Error, failed: 0),
            Reports.Verdict("row_count", null, VerdictOutcome.NotEvaluated, failed: 0)).ToJUnitXml());

        var suite = xml.Root!.Element("testsuite")!;
        Assert.Equal("4 1 1 1", string.Join(' ', new[] { "tests", "failures", "errors", "skipped" }.Select(a => suite.Attribute(a)!.Value)));
        Assert.Equal("2024-05-01T12:00:00", suite.Attribute("timestamp")!.Value);
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal(["between(temp_c)", "between(temp_c) #2", "regex(name)", "row_count"], cases.Select(c => c.Attribute("name")!.Value));
        Assert.Equal("3 of 10 do not hold", cases[0].Element("failure")!.Attribute("message")!.Value);
        Assert.Contains("row 4 (a.csv:6): 99.5", cases[0].Element("failure")!.Value, StringComparison.Ordinal);
        Assert.Empty(cases[1].Elements());
        Assert.Equal("the column is text", cases[2].Element("error")!.Attribute("message")!.Value);
        Assert.NotNull(cases[3].Element("skipped"));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void JUnit_is_well_formed_whatever_the_values(string text)
    {
        var xml = XDocument.Parse(Reports.HostileReport(text).ToJUnitXml());

        Assert.Equal(2, xml.Root!.Element("testsuite")!.Elements("testcase").Count());
        Assert.Equal(4, xml.Root.Descendants().Count(e => e.Name.LocalName is "testcase" or "failure" or "error"));
    }
}
