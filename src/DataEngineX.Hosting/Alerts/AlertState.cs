namespace DataEngineX.Hosting.Alerts;

/// <summary>What has been, or has to be, told about a pipeline that failed. No state: it is well and everybody knows.</summary>
internal sealed record AlertState
{
    public const string Failure = "failure";
    public const string Recovery = "recovery";

    private const int MostRefused = 20;

    public required string Kind { get; init; }

    /// <summary>The run that failed, or that recovered.</summary>
    public required string RunId { get; init; }

    public required string FailedRunId { get; init; }

    public required string Trigger { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Error { get; init; }

    /// <summary>The inputs that the run refused whole, the first of them.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    public RunRows Rows { get; init; } = new();

    /// <summary>What did not pass in the run.</summary>
    public IReadOnlyList<AlertVerdict> Verdicts { get; init; } = [];

    /// <summary>Whether the receiver has it.</summary>
    public bool Delivered { get; init; }

    public static AlertState FailureOf(RunRecord run) => new()
    {
        Kind = Failure,
        RunId = run.Id,
        FailedRunId = run.Id,
        Trigger = run.Trigger,
        At = run.FinishedAt ?? run.StartedAt,
        Error = run.Error,
        Refused = [.. run.Refused.Take(MostRefused)],
        Rows = run.Rows,
        Verdicts = AlertVerdict.Of(run.Verdicts),
    };

    public AlertState RecoveredBy(RunRecord run) => new()
    {
        Kind = Recovery,
        RunId = run.Id,
        FailedRunId = FailedRunId,
        Trigger = run.Trigger,
        At = run.FinishedAt ?? run.StartedAt,
        Rows = run.Rows,
        Verdicts = AlertVerdict.Of(run.Verdicts),
    };

    public AlertMessage ToMessage(string pipeline) => new($"{Kind}:{RunId}", Kind, pipeline, RunId, FailedRunId, Trigger, At, Error, Refused, Rows, Verdicts);
}
