namespace DataEngineX.Hosting.Scheduling;

/// <summary>The schedules of the host, each once.</summary>
internal sealed class ScheduleCatalog : IScheduleCatalog
{
    private readonly TimeProvider _clock;

    public ScheduleCatalog(IEnumerable<PipelineSchedule> schedules, TimeProvider clock)
    {
        _clock = clock;
        All = [.. schedules.DistinctBy(s => s.Id).OrderBy(s => s.Pipeline, StringComparer.Ordinal)];
        Schedules = [.. All.Select(s => new ScheduleInfo(s.Pipeline, s.Cron, s.ZoneId))];
    }

    public IReadOnlyList<PipelineSchedule> All { get; }

    public IReadOnlyList<ScheduleInfo> Schedules { get; }

    public IReadOnlyList<DateTimeOffset> GetNextSlots(string pipeline, int count)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var now = _clock.GetUtcNow();
        return
        [
            .. All.Where(s => string.Equals(s.Pipeline, pipeline, StringComparison.Ordinal))
                .SelectMany(s => Slots(s, now).Take(count))
                .Distinct()
                .Order()
                .Take(count),
        ];
    }

    private static IEnumerable<DateTimeOffset> Slots(PipelineSchedule schedule, DateTimeOffset from)
    {
        while (schedule.Next(from) is { } slot)
        {
            yield return slot;
            from = slot;
        }
    }
}
