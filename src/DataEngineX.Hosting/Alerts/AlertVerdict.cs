namespace DataEngineX.Hosting.Alerts;

/// <summary>A verdict that did not pass, as an alert tells it: without any value of the data, for a webhook is not the place for them.</summary>
internal sealed record AlertVerdict(string Rule, string? Column, string Outcome, string Severity, long Checked, long Failed)
{
    private const int Most = 20;

    /// <summary>What did not pass in a run, the severest first.</summary>
    public static IReadOnlyList<AlertVerdict> Of(IReadOnlyList<Verdict> verdicts) =>
    [
        .. verdicts.Where(static v => v.Outcome is VerdictOutcome.Fail or VerdictOutcome.Error).OrderByDescending(static v => v.Severity).Take(Most)
            .Select(static v => new AlertVerdict(v.Rule, v.Column, Telemetry.TagNames.Of(v.Outcome), Telemetry.TagNames.Of(v.Severity), v.Checked, v.Failed)),
    ];
}
