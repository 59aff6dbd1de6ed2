namespace DataEngineX.AspNetCore;

/// <summary>A pipeline with its newest run and next slots.</summary>
internal sealed record PipelineDto(
    string Name,
    string Target,
    string Disposition,
    IReadOnlyList<string> Inputs,
    FreshnessPolicyDto? Freshness,
    string Fingerprint,
    RunDto? LastRun,
    ScheduleDto? Schedule);
