using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>Gathers what is known of pipelines.</summary>
internal static class PipelineReader
{
    private const int SlotsShown = 3;

    public static async ValueTask<IReadOnlyList<PipelineDto>> ListAsync(FaceServices face, CancellationToken cancellationToken)
    {
        var pipelines = new List<PipelineDto>();
        foreach (var pipeline in face.Pipelines.Pipelines)
            pipelines.Add(await ReadAsync(face, pipeline, cancellationToken).ConfigureAwait(false));
        return pipelines;
    }

    private static async ValueTask<PipelineDto> ReadAsync(FaceServices face, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var last = await face.Metadata.ListRunsAsync(new RunQuery { Pipeline = pipeline.Name, Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return new PipelineDto(
            pipeline.Name,
            pipeline.Target.Dataset.ToString(),
            pipeline.Target.Disposition,
            [.. pipeline.Inputs.Select(i => i.ToString())],
            pipeline.Freshness is { } policy ? new FreshnessPolicyDto(policy.Column, policy.Within.TotalSeconds) : null,
            pipeline.Fingerprint,
            last.Count > 0 ? RunDto.Of(last[0], face.RunsAtWork) : null,
            face.Schedules?.Schedules.FirstOrDefault(s => string.Equals(s.Pipeline, pipeline.Name, StringComparison.Ordinal)) is { } schedule
                ? new ScheduleDto(schedule.Cron, schedule.TimeZone, face.Schedules.GetNextSlots(pipeline.Name, SlotsShown))
                : null);
    }
}
