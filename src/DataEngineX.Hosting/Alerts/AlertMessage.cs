namespace DataEngineX.Hosting.Alerts;

/// <summary>The body of an alert, as docs/hosting.md describes it.</summary>
internal sealed record AlertMessage(
    string Id,
    string Kind,
    string Pipeline,
    string RunId,
    string FailedRunId,
    string Trigger,
    DateTimeOffset At,
    string? Error,
    IReadOnlyList<string> Refused,
    RunRows Rows,
    IReadOnlyList<AlertVerdict> Verdicts);
