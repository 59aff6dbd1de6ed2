using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>What a run of a pipeline would do now.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="HasWork">Whether there is anything to do.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="RunKey">The run key.</param>
/// <param name="Inputs">What would be read, with the rows and bytes expected at most.</param>
/// <param name="Partitions">The partitions that would run, and why.</param>
/// <param name="Columns">The columns of the target that would change, a line each.</param>
/// <param name="Downstream">The columns of other tables that would change because of that.</param>
internal sealed record PlanDto(
    string Pipeline,
    bool HasWork,
    string Reason,
    string RunKey,
    IReadOnlyList<PlannedInputDto> Inputs,
    IReadOnlyList<PlannedPartitionsDto> Partitions,
    IReadOnlyList<string> Columns,
    IReadOnlyList<DownstreamColumnDto> Downstream)
{
    public static PlanDto Of(RunPlan plan) => new(
        plan.Pipeline,
        plan.HasWork,
        plan.Reason,
        plan.RunKey,
        [.. plan.Expected.Select(e => new PlannedInputDto(e.Input.Dataset.ToString(), e.Input.Position, e.Input.Since, e.Input.HasData, e.Size.Rows, e.Size.Bytes))],
        [.. plan.Partitions.Select(p => new PlannedPartitionsDto(p.Name, p.Partitions.Count, p.Reason))],
        [.. plan.Columns.Select(c => c.ToString())],
        [.. plan.Downstream.Select(d => new DownstreamColumnDto(d.Pipeline, d.Dataset.ToString(), d.Column, d.Because, d.IsBroken))]);
}
