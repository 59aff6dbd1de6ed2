namespace DataEngineX.AspNetCore;

/// <summary>When a pipeline fires.</summary>
internal sealed record ScheduleDto(string Cron, string TimeZone, IReadOnlyList<DateTimeOffset> Next);
