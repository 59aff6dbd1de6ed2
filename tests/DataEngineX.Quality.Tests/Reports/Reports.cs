using DataEngineX.Quality.Reports;

namespace DataEngineX.Quality.Tests.Reports;

/// <summary>Small reports for tests.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset At = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Texts that are markup, script or a way out of an attribute somewhere.</summary>
    public static readonly string[] Hostile =
    [
        "<script>window.hit=1</script>",
        "</script><script>window.hit=1</script>",
        "<img src=x onerror=window.hit=1>",
        "\"><img src=x onerror=window.hit=1>",
        "'><svg onload=window.hit=1>",
        "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
        "</style><script>window.hit=1</script>",
        "</title><script>window.hit=1</script>",
        "</table></main><iframe srcdoc='<script>parent.hit=1</script>'>",
        "<a href=javascript:window.hit=1>x</a>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
        "<!--<img src=\"--><img src=x onerror=window.hit=1>//\">",
        "<meta http-equiv=refresh content=0;url=javascript:window.hit=1>",
        "<base href=//example.org/>",
        "&lt;script&gt;window.hit=1&lt;/script&gt;",
        "&#60;img src=x onerror=window.hit=1&#62;",
        "{{constructor.constructor('window.hit=1')()}}",
        "${window.hit=1}",
        "`onfocus=window.hit=1 autofocus`",
        "\u2028<script>window.hit=1</script>",
        "\u202Egnp.exe <b>",
        "\0<script\0>window.hit=1</script>",
        "]]><script>window.hit=1</script><![CDATA[",
        "|--| [x](javascript:window.hit=1) **b** `c` @all",
        "\uD800 alone",
        "=cmd|' /C calc'!A0",
    ];

    public static Verdict Verdict(
        string rule = "between",
        string? column = "temp_c",
        VerdictOutcome outcome = VerdictOutcome.Fail,
        Severity severity = Severity.Error,
        long @checked = 10,
        long failed = 3)
    {
        return new Verdict
        {
            Rule = rule,
            Column = column,
            Expectation = $"{column} is between -90 and 60",
            Outcome = outcome,
            Severity = severity,
            Checked = @checked,
            Failed = failed,
            Message = outcome == VerdictOutcome.Error ? "the column is text" : null,
            Samples = failed == 0 ? [] : [new VerdictSample(4, "99.5", "a.csv", 6), new VerdictSample(7, null)],
        };
    }

    public static QualityReport Report(params Verdict[] verdicts) => new("observations", verdicts) { CheckedAt = At, Dataset = "silver/observations", RunId = "run-1" };

    /// <summary>A report in which every text is hostile.</summary>
    public static QualityReport HostileReport(string text) => new(
        text,
        [
            new Verdict
            {
                Rule = text,
                Column = text,
                Expectation = text,
                Outcome = VerdictOutcome.Fail,
                Checked = 2,
                Failed = 1,
                Observed = text,
                Where = text,
                Group = [new VerdictField(text, text)],
                Details = [new VerdictField(text, text)],
                Samples = [new VerdictSample(0, text, text, 1) { Keys = [new VerdictField(text, text)] }],
                CommonValues = [new VerdictValue(text, text, 1)],
            },
            new Verdict { Rule = text, Column = text, Outcome = VerdictOutcome.Error, Message = text },
        ])
    {
        Dataset = text,
        RunId = text,
        History = [new PastCheck(At, [new Verdict { Rule = text, Column = text, Outcome = VerdictOutcome.Pass, Checked = 1 }])],
    };
}
