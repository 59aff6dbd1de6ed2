using Cronos;

namespace DataEngineX.Hosting.Scheduling;

/// <summary>A pipeline that fires by a cron expression.</summary>
internal sealed class PipelineSchedule
{
    private readonly CronExpression _cron;

    public PipelineSchedule(string pipeline, string cron, TimeZoneInfo zone)
    {
        Pipeline = pipeline;
        Cron = cron.Trim();
        Zone = zone;
        var fields = Cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        try
        {
            _cron = CronExpression.Parse(Cron, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException e)
        {
            throw new ArgumentException($"The schedule '{cron}' of pipeline '{pipeline}' is not a cron expression: {e.Message}", nameof(cron), e);
        }

        ZoneId = !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;
    }

    public string Pipeline { get; }

    public string Cron { get; }

    public TimeZoneInfo Zone { get; }

    public string ZoneId { get; }

    /// <summary>The name under which slots are claimed. A schedule with another expression or zone is another schedule.</summary>
    public string Id => $"{Pipeline}|{Cron}|{ZoneId}";

    /// <summary>The first slot after an instant, or null when there is none within the years cron can tell.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextOccurrence(after.ToUniversalTime(), Zone)?.ToUniversalTime();

    /// <summary>The newest slot in (<paramref name="after"/>, <paramref name="upTo"/>], or null. All older ones are folded into it.</summary>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset upTo) =>
        _cron.GetPreviousOccurrence(upTo.ToUniversalTime(), Zone, inclusive: true)?.ToUniversalTime() is { } slot && slot > after ? slot : null;
}
