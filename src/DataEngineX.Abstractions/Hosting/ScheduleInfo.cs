namespace DataEngineX;

/// <summary>When a pipeline fires.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Cron">The cron expression.</param>
/// <param name="TimeZone">The IANA id of the zone it is read in.</param>
public sealed record ScheduleInfo(string Pipeline, string Cron, string TimeZone);
