namespace DataEngineX;

/// <summary>What a host knows of its schedules; registered when there is a scheduler.</summary>
public interface IScheduleCatalog
{
    /// <summary>The schedules, in order of their pipelines.</summary>
    IReadOnlyList<ScheduleInfo> Schedules { get; }

    /// <summary>The next slots of a pipeline by the host's clock, earliest first; empty when it has no schedule.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<DateTimeOffset> GetNextSlots(string pipeline, int count);
}
