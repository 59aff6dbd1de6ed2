using System.Text;

namespace DataEngineX.Quality.Reports;

/// <summary>Writes Markdown.</summary>
internal sealed class MarkdownReport(QualityReport report, ReportOptions options)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        var rules = ReportRule.Of(report, options);
        Line($"# {Text(report.Title)}").Line().Line($"**{ReportWords.Summary(report)}**").Line();
        Facts();
        Line("| outcome | rule | column | expectation | severity | checked | failed | found |").Line("|---|---|---|---|---|--:|--:|---|");
        foreach (var rule in rules)
        {
            var verdict = rule.Verdict;
            Line($"| {Sign(verdict.Outcome)} {rule.Outcome} | {Text(verdict.Rule)}{(rule.Group.Length > 0 ? $" of {Text(rule.Group)}" : "")} | {Text(verdict.Column ?? "–")} | {Text(rule.Expectation ?? "–")} | {ReportWords.Of(verdict.Severity)} "
                + $"| {ReportWords.Count(verdict.Checked)} | {ReportWords.Count(verdict.Failed)} | {Text(rule.Finding)} |");
        }

        foreach (var rule in rules.Where(static r => r.Samples.Count > 0))
            Samples(rule);
        return _text.ToString();
    }

    private void Facts()
    {
        (string Name, string? Value)[] facts = [("Data", report.Dataset), ("Checked", report.CheckedAt is { } at ? ReportWords.Instant(at) : null), ("Run", report.RunId)];
        foreach (var (name, value) in facts.Where(static f => f.Value is not null))
            Line($"- {name}: {Text(value!)}");
        if (facts.Any(static f => f.Value is not null))
            Line();
    }

    private void Samples(ReportRule rule)
    {
        Line().Line($"## {Text(rule.Subject)}").Line().Line($"{ReportWords.SamplesTitle(rule)}:").Line();
        var hasFiles = rule.Samples.Any(static s => s.File is not null);
        var keys = rule.Samples[0].Keys;
        Line($"| row |{(hasFiles ? " file | line |" : "")}{string.Concat(keys.Select(static k => $" {Text(k.Name)} |"))} value |");
        Line($"|--:|{(hasFiles ? "---|--:|" : "")}{string.Concat(keys.Select(static _ => "---|"))}---|");
        foreach (var sample in rule.Samples)
        {
            var file = hasFiles ? $" {Text(sample.File ?? "–")} | {sample.Line} |" : "";
            var key = string.Concat(sample.Keys.Select(static k => $" {Text(k.Json)} |"));
            Line($"| {sample.Row} |{file}{key} {(sample.Value is { } value ? Text(value) : "*null*")} |");
        }
    }

    private MarkdownReport Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    private static string Sign(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "✅",
        VerdictOutcome.Fail => "❌",
        VerdictOutcome.Error => "💥",
        _ => "➖",
    };

    /// <summary>Text in which nothing is markup: what Markdown or HTML would take for it is escaped, and lines and controls become blanks.</summary>
    private static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                text.Append(' ');
            else if (c is '&')
                text.Append("&amp;");
            else if (c is '<')
                text.Append("&lt;");
            else if (c is '>')
                text.Append("&gt;");
            else if (c is '@')
                text.Append("&#64;");
            else if (@"\`*_{}[]()#+!|~$".Contains(c, StringComparison.Ordinal) || IsAddress(value, i))
                text.Append('\\').Append(c);
            else
                text.Append(c);
        }

        return text.Length == 0 ? "*empty*" : text.ToString();
    }

    /// <summary>Whether a character makes an address, which readers turn into a link by themselves: the colon of https:// and the point of www.</summary>
    private static bool IsAddress(string value, int at) =>
        value.AsSpan(at).StartsWith("://", StringComparison.Ordinal) || (value[at] == '.' && value.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase));
}
