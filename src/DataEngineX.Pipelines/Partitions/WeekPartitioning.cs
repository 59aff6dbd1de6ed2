using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>Weeks of a time zone, from Monday on, numbered from that of the first of January of the year 1, which is one.</summary>
internal sealed class WeekPartitioning(DateOnly start, TimeZoneInfo zone) : TimePartitioning(zone)
{
    private const int Days = 7;

    public override long First => NumberAt(start);

    public override string Canonical => $"weekly from {NameOf(First)} {Zone.Id}";

    protected override bool HoldsWholeDays => true;

    public override string NameOf(long number)
    {
        var monday = DateOf(number);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):0000}-W{ISOWeek.GetWeekOfYear(monday):00}");
    }

    public override long NumberOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split("-W");
        return parts is [{ Length: 4 } year, { Length: 2 } week]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && int.TryParse(week, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            && y > 0 && w > 0 && w <= ISOWeek.GetWeeksInYear(y)
            ? NumberAt(DateOnly.FromDateTime(ISOWeek.ToDateTime(y, w, DayOfWeek.Monday)))
            : throw new PlanException($"'{name}' is no week: write it as 2015-W05.");
    }

    protected override long NumberAt(DateTimeOffset instant) => NumberAt(DateAt(instant));

    protected override long NumberAt(DateOnly date) => date.DayNumber / Days;

    protected override DateTimeOffset StartOf(long number) => MidnightOf(DateOf(number));

    protected override DateOnly DateOf(long number) => DateOnly.FromDayNumber((int)number * Days);
}
