namespace DataEngineX.Quality.Reports;

/// <summary>What a check found, ready to be handed on: as one HTML file, as Markdown and as JUnit XML.</summary>
public sealed record QualityReport
{
    /// <summary>Creates a report.</summary>
    /// <param name="title">What was checked, such as the name of the suite or of the data.</param>
    /// <param name="verdicts">What was found, in the order of the rules.</param>
    /// <exception cref="ArgumentException">The title is empty.</exception>
    public QualityReport(string title, IReadOnlyList<Verdict> verdicts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(verdicts);
        (Title, Verdicts) = (title, verdicts);
        Success = verdicts.All(static v => v.Outcome == VerdictOutcome.Pass);
    }

    /// <summary>Creates a report of what a suite found.</summary>
    /// <param name="title">What was checked, such as the name of the suite or of the data.</param>
    /// <param name="result">What was found.</param>
    /// <exception cref="ArgumentException">The title is empty.</exception>
    public QualityReport(string title, SuiteResult result)
        : this(title, (result ?? throw new ArgumentNullException(nameof(result))).Verdicts) => Success = result.Success;

    /// <summary>
    /// The content security policy that is written into each HTML report: its own style, and nothing else. A server that sends a policy of its own
    /// sends this one with the report.
    /// </summary>
    public static string ContentSecurityPolicy => ReportStyle.Policy;

    /// <summary>What was checked.</summary>
    public string Title { get; }

    /// <summary>What was found, in the order of the rules.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>Whether the check as a whole passed.</summary>
    /// <value>What the suite's result says, else whether every verdict is a pass.</value>
    public bool Success { get; init; }

    /// <summary>The data, when it is not the title already.</summary>
    /// <value>Null.</value>
    public string? Dataset { get; init; }

    /// <summary>The run that made the check.</summary>
    /// <value>Null.</value>
    public string? RunId { get; init; }

    /// <summary>When the check was made.</summary>
    /// <value>Null.</value>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Earlier checks, oldest first. A rule is found again by its name and column.</summary>
    /// <value>None: no trend is shown.</value>
    public IReadOnlyList<PastCheck> History { get; init; } = [];

    /// <summary>What the rows look like: shown in the HTML form.</summary>
    /// <value>Null: not shown.</value>
    public Profile? Profile { get; init; }

    /// <summary>
    /// One HTML file that needs nothing else: no network, no script, its style inside and allowed by its own content security policy. Every value is
    /// encoded.
    /// </summary>
    /// <param name="options">What is shown. <value>Default: null, the defaults.</value></param>
    public string ToHtml(ReportOptions? options = null) => new HtmlReport(this, options ?? new ReportOptions()).Write();

    /// <summary>Markdown with tables, as code hosts and chats show it. No value becomes markup.</summary>
    /// <param name="options">What is shown; the size is not capped. <value>Default: null, the defaults.</value></param>
    public string ToMarkdown(ReportOptions? options = null) => new MarkdownReport(this, options ?? new ReportOptions()).Write();

    /// <summary>
    /// JUnit XML, as build servers read it: one test case a rule. A failed rule is a failure, one that could not be evaluated an error, one with nothing
    /// to check is skipped.
    /// </summary>
    /// <param name="options">What is shown; the size is not capped. <value>Default: null, the defaults.</value></param>
    public string ToJUnitXml(ReportOptions? options = null) => new JUnitReport(this, options ?? new ReportOptions()).Write();
}
