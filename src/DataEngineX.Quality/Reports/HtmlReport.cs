namespace DataEngineX.Quality.Reports;

/// <summary>Writes the HTML file.</summary>
internal sealed class HtmlReport
{
    // Kept free for what stands below the last part that fits: the notes about what did not, and the end of the page.
    private const int Reserve = 4 << 10;
    private readonly QualityReport _report;
    private readonly ReportOptions _options;
    private readonly IReadOnlyList<ReportRule> _rules;
    private readonly HtmlWriter _page = new();
    private int _bytes;

    public HtmlReport(QualityReport report, ReportOptions options)
    {
        (_report, _options) = (report, options);

        // What needs a look comes first, and is the last to be left out when there is no room.
        _rules = [.. ReportRule.Of(report, options).OrderBy(static r => r.Verdict.Outcome == VerdictOutcome.Pass).ThenByDescending(static r => r.Verdict.Severity)];
    }

    public string Write()
    {
        Add(Head());
        Add(Summary());
        WriteRules();
        WriteDetails();
        WriteProfile();
        return _page.Add($"</main><footer><p class=\"note\">Made by DataEngineX. This file loads nothing and runs no script.</p></footer></body></html>").ToString();
    }

    private HtmlWriter Head()
    {
        var html = new HtmlWriter();
        html.Add($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"");
        html.AddMarkup(ReportStyle.Policy).Add($"\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        html.Add($"<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\"><title>{Title}: quality report</title><style>");
        html.AddMarkup(ReportStyle.Css).Add($"</style></head><body><a class=\"skip\" href=\"#main\">Skip to content</a><header><h1>{Title}</h1>");
        html.Add($"<p class=\"verdict {(_report.Success ? "good" : "bad")}\"><span aria-hidden=\"true\">{(_report.Success ? "✓" : "✕")}</span> {ReportWords.Summary(_report)}</p>");
        html.Add($"<dl class=\"facts\">");
        Fact(html, "Data", _report.Dataset);
        Fact(html, "Checked", _report.CheckedAt is { } at ? ReportWords.Instant(at) : null);
        Fact(html, "Run", _report.RunId);
        Fact(html, "Masked columns", _options.MaskedColumns.Count == 0 ? null : string.Join(", ", _options.MaskedColumns));
        return html.Add($"</dl></header><main id=\"main\" tabindex=\"-1\">");
    }

    private HtmlWriter Summary()
    {
        var html = new HtmlWriter().OpenCard("summary", "Summary").OpenTable("summary-table", "Rules by severity and outcome", "Severity", "#Passed", "#Failed", "#Error", "#Not evaluated");
        foreach (var group in _report.Verdicts.GroupBy(static v => v.Severity).OrderByDescending(static g => g.Key))
        {
            html.Add($"<tr><th scope=\"row\">{ReportWords.Of(group.Key)}</th>");
            foreach (var outcome in (VerdictOutcome[])[VerdictOutcome.Pass, VerdictOutcome.Fail, VerdictOutcome.Error, VerdictOutcome.NotEvaluated])
                html.Add($"<td class=\"number\">{ReportWords.Count(group.Count(v => v.Outcome == outcome))}</td>");
            html.Add($"</tr>");
        }

        return html.CloseTable().CloseCard();
    }

    private void WriteRules()
    {
        var open = new HtmlWriter().OpenCard("rules", "Rules");
        WriteFilter(open);
        var hasTrend = _report.History.Count > 0;
        string[] columns = ["Outcome", "Rule", "Column", "Expectation", "Severity", "#Checked", "#Failed", "Found", .. hasTrend ? ["Trend"] : Array.Empty<string>()];
        Add(open.OpenTable("rules-table", "What each rule expects and what was found; what needs a look comes first", columns));

        // Rows may take half of what is left; the other half is for samples and the profile.
        var limit = _bytes + ((Room - _bytes) / 2);
        var shown = 0;
        foreach (var rule in _rules)
        {
            if (!TryAdd(Row(rule, hasTrend), limit))
                break;
            shown++;
        }

        var close = new HtmlWriter().CloseTable();
        LeftOut(close, _rules.Count - shown, "rule is", "rules are");
        Add(close.CloseCard());
    }

    private static HtmlWriter Row(ReportRule rule, bool hasTrend)
    {
        var html = new HtmlWriter();
        var verdict = rule.Verdict;
        html.Add($"<tr class=\"{Classes(rule)}\"><td>").State(verdict).Add($"</td><th scope=\"row\">");
        if (RuleDetail.IsNeeded(rule))
            html.Add($"<a href=\"#rule-{rule.Number}\">{verdict.Rule}</a>");
        else
            html.Add($"{verdict.Rule}");
        html.Add($"{(rule.Group.Length > 0 ? $" of {rule.Group}" : "")}</th><td>{verdict.Column ?? "–"}</td><td class=\"wide\">{rule.Expectation ?? "–"}</td><td>{ReportWords.Of(verdict.Severity)}</td>");
        html.Add($"<td class=\"number\">{ReportWords.Count(verdict.Checked)}</td><td class=\"number\">{ReportWords.Count(verdict.Failed)}</td><td class=\"wide\">{rule.Finding}</td>");
        if (hasTrend)
        {
            html.Add($"<td>");
            ReportCharts.Trend(html, rule.Trend);
            html.Add($"</td>");
        }

        return html.Add($"</tr>");
    }

    private void WriteDetails()
    {
        var detailed = _rules.Where(RuleDetail.IsNeeded).ToList();
        if (detailed.Count == 0)
            return;
        Add(new HtmlWriter().OpenCard("findings", "Findings"));
        var limit = _report.Profile is null ? Room : _bytes + ((Room - _bytes) / 2);
        var shown = 0;
        foreach (var rule in detailed)
        {
            if (!TryAdd(RuleDetail.Write(rule, Classes(rule)), limit))
                break;
            shown++;
        }

        var close = new HtmlWriter();
        LeftOut(close, detailed.Count - shown, "finding is", "findings are");
        Add(close.CloseCard());
    }

    private void WriteProfile()
    {
        if (_report.Profile is not { } profile)
            return;
        var section = new ProfileSection(profile, _options);
        Add(section.Head());
        var shown = section.Columns.TakeWhile(c => TryAdd(c, Room)).Count();
        var close = new HtmlWriter();
        LeftOut(close, profile.Columns.Count - shown, "column is", "columns are");
        Add(close.CloseCard());
    }

    private int Room => _options.MaxBytes - Reserve;

    private string Title => ReportWords.Shorten(_report.Title, _options.MaxValueLength);

    private static string Classes(ReportRule rule) =>
        $"of-{ReportWords.Of(rule.Verdict.Severity)}{(rule.Verdict.Outcome == VerdictOutcome.Pass ? " passed" : "")}";

    private void WriteFilter(HtmlWriter html)
    {
        html.Add($"<fieldset class=\"filter\"><legend>Show</legend><label><input type=\"checkbox\" id=\"only-open\"> only what did not pass</label>");
        foreach (var severity in _report.Verdicts.Select(static v => v.Severity).Distinct().Order())
            html.Add($"<label><input type=\"checkbox\" id=\"of-{ReportWords.Of(severity)}\" checked> {ReportWords.Of(severity)}</label>");
        html.Add($"</fieldset>");
    }

    private void Fact(HtmlWriter html, string name, string? value)
    {
        if (value is not null)
            html.Add($"<dt>{name}</dt><dd>{ReportWords.Shorten(value, _options.MaxValueLength)}</dd>");
    }

    private static void LeftOut(HtmlWriter html, int count, string one, string many)
    {
        if (count > 0)
            html.Add($"<p class=\"note\">{ReportWords.Count(count)} more {(count == 1 ? one : many)} left out to keep this file small.</p>");
    }

    private void Add(HtmlWriter part)
    {
        _bytes += part.Bytes;
        _page.Add(part);
    }

    private bool TryAdd(HtmlWriter part, int limit)
    {
        if (_bytes + part.Bytes > limit)
            return false;
        Add(part);
        return true;
    }
}
