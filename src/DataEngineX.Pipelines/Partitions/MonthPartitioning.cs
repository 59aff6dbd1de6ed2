using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>Months of a time zone, numbered from January of the year 1.</summary>
internal sealed class MonthPartitioning(DateOnly start, TimeZoneInfo zone) : TimePartitioning(zone)
{
    public override long First => NumberAt(start);

    public override string Canonical => $"monthly from {NameOf(First)} {Zone.Id}";

    protected override bool HoldsWholeDays => true;

    public override string NameOf(long number) => DateOf(number).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public override long NumberOf(string name) => DateOnly.TryParseExact($"{name}-01", "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? NumberAt(date)
        : throw new PlanException($"'{name}' is no month: write it as 2015-01.");

    protected override long NumberAt(DateTimeOffset instant) => NumberAt(DateAt(instant));

    protected override long NumberAt(DateOnly date) => ((date.Year - 1) * 12L) + date.Month - 1;

    protected override DateTimeOffset StartOf(long number) => MidnightOf(DateOf(number));

    protected override DateOnly DateOf(long number) => new((int)(number / 12) + 1, (int)(number % 12) + 1, 1);
}
