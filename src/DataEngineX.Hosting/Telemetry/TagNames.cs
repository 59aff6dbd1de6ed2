namespace DataEngineX.Hosting.Telemetry;

/// <summary>The tags of metrics and spans.</summary>
internal static class TagNames
{
    // Of metrics: few values each.
    public const string Pipeline = "pipeline";
    public const string Dataset = "dataset";
    public const string Input = "input";
    public const string State = "state";
    public const string Kind = "kind";
    public const string Outcome = "outcome";
    public const string Rule = "rule";
    public const string Column = "column";
    public const string Severity = "severity";

    // Of spans.
    public const string SpanPipeline = "dataenginex.pipeline";
    public const string SpanTrigger = "dataenginex.trigger";
    public const string SpanRunId = "dataenginex.run.id";
    public const string SpanRunState = "dataenginex.run.state";

    public static string Of(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Succeeded => "succeeded",
        RunState.Failed => "failed",
        _ => "cancelled",
    };

    public static string Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "pass",
        VerdictOutcome.Fail => "fail",
        VerdictOutcome.Error => "error",
        _ => "notEvaluated",
    };

    public static string Of(Severity severity) => severity switch
    {
        DataEngineX.Severity.Info => "info",
        DataEngineX.Severity.Warning => "warning",
        DataEngineX.Severity.Error => "error",
        _ => "critical",
    };
}
