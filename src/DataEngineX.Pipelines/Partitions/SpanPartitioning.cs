using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>Stretches of equal length, numbered from the first.</summary>
internal sealed class SpanPartitioning(TimeSpan length, DateTimeOffset start, string word) : TimePartitioning(TimeZoneInfo.Utc)
{
    public override long First => 0;

    public override string Canonical => $"{word} {length:c} from {NameOf(0)}";

    protected override bool HoldsWholeDays => length.Ticks % TimeSpan.TicksPerDay == 0 && start.TimeOfDay == TimeSpan.Zero;

    public override string NameOf(long number) => StartOf(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture).Replace(":00Z", "Z", StringComparison.Ordinal);

    public override long NumberOf(string name)
    {
        if (!DateTimeOffset.TryParse(name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            throw new PlanException($"'{name}' is no instant: write it as 2015-01-31T06:00Z.");
        var number = NumberAt(instant);
        return StartOf(number) == instant ? number : throw new PlanException($"No partition begins at '{name}': the nearest before is {NameOf(number)}.");
    }

    protected override long NumberAt(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - start.UtcTicks;
        return ticks >= 0 ? ticks / length.Ticks : ((ticks + 1) / length.Ticks) - 1;
    }

    protected override long NumberAt(DateOnly date) => NumberAt(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    protected override DateTimeOffset StartOf(long number) => start.AddTicks(checked(number * length.Ticks));

    protected override DateOnly DateOf(long number) => DateOnly.FromDateTime(StartOf(number).UtcDateTime);
}
