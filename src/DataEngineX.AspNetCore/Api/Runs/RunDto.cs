using DataEngineX.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>A run.</summary>
internal sealed record RunDto(
    string Id,
    string Pipeline,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    RowsDto Rows,
    string? Error,
    string Trigger,
    string? Partition,
    int Attempt,
    string? RunKey,
    string? Dataset,
    string? Version,
    bool Published,
    IReadOnlyList<InputDto> Inputs,
    IReadOnlyList<VerdictDto> Verdicts,
    ProgressDto? Progress)
{
    public static RunDto Of(RunRecord run, IRunsAtWork runs) => new(
        run.Id,
        run.Pipeline,
        Words.Of(run.State),
        run.StartedAt,
        run.FinishedAt,
        new RowsDto(run.Rows.Read, run.Rows.Written, run.Rows.Filtered, run.Rows.Quarantined, run.Rows.Generated),
        run.Error,
        run.Trigger,
        run.Partition,
        run.Attempt,
        run.RunKey,
        run.Target?.ToString(),
        run.Version,
        run.Published,
        [.. run.Inputs.Select(InputDto.Of)],
        [.. run.Verdicts.Select(VerdictDto.Of)],
        run.State == RunState.Running && runs.Find(run.Id) is { } progress ? ProgressDto.Of(progress) : null);
}
