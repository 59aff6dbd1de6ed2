using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>Days of a time zone, numbered from the first of January of the year 1.</summary>
internal sealed class DayPartitioning(DateOnly start, TimeZoneInfo zone) : TimePartitioning(zone)
{
    public override long First => start.DayNumber;

    public override string Canonical => $"daily from {NameOf(First)} {Zone.Id}";

    protected override bool HoldsWholeDays => true;

    public override string NameOf(long number) => DateOf(number).ToString("O", CultureInfo.InvariantCulture);

    public override long NumberOf(string name) => DateOnly.TryParseExact(name, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date.DayNumber
        : throw new PlanException($"'{name}' is no day: write it as 2015-01-31.");

    protected override long NumberAt(DateTimeOffset instant) => DateAt(instant).DayNumber;

    protected override long NumberAt(DateOnly date) => date.DayNumber;

    protected override DateTimeOffset StartOf(long number) => MidnightOf(DateOf(number));

    protected override DateOnly DateOf(long number) => DateOnly.FromDayNumber((int)number);
}
