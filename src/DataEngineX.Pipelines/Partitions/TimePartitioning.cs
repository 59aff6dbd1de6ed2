using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Partitions that are stretches of time, by a column of dates or timestamps.</summary>
internal abstract class TimePartitioning(TimeZoneInfo zone) : Partitioning
{
    /// <summary>The zone whose calendar divides.</summary>
    protected TimeZoneInfo Zone => zone;

    /// <summary>Whether a date lies in one partition as a whole.</summary>
    protected abstract bool HoldsWholeDays { get; }

    public override long EndAt(DateTimeOffset now) => Math.Max(First, NumberAt(now));

    /// <summary>The partition of an instant.</summary>
    protected abstract long NumberAt(DateTimeOffset instant);

    /// <summary>The partition of a date of the zone.</summary>
    protected abstract long NumberAt(DateOnly date);

    /// <summary>Where a partition begins.</summary>
    protected abstract DateTimeOffset StartOf(long number);

    /// <summary>The first date of a partition.</summary>
    protected abstract DateOnly DateOf(long number);

    internal override void Collect(IArrowArray column, HashSet<long> numbers)
    {
        for (var row = 0; row < column.Length; row++)
            numbers.Add(column.IsNull(row) ? First : NumberAt(column, row));
    }

    private protected override Expr Covers(Interval interval, ColumnExpr column, IArrowType type) => type switch
    {
        Date32Type when HoldsWholeDays => Between(column, DateOf(interval.From), DateOf(interval.To)),
        TimestampType { Timezone: null or "" } => Between(column, LocalOf(interval.From), LocalOf(interval.To)),
        TimestampType => Between(column, StartOf(interval.From), StartOf(interval.To)),
        _ => throw Unfit(type, HoldsWholeDays ? "a date or a timestamp" : "a timestamp"),
    };

    /// <summary>Midnight of a zone as an instant: where clocks are put forward over it, the first instant of the day.</summary>
    protected DateTimeOffset MidnightOf(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The date of the zone at an instant.</summary>
    protected DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private static Expr Between(ColumnExpr column, object from, object to) => (Expr)column >= new LiteralExpr(from) & (Expr)column < new LiteralExpr(to);

    private long NumberAt(IArrowArray column, int row) => column switch
    {
        Date32Array dates when HoldsWholeDays => NumberAt(dates.GetDateOnly(row)!.Value),
        TimestampArray times when ((TimestampType)times.Data.DataType).Timezone is null or "" => NumberAtLocal(times.GetTimestamp(row)!.Value.DateTime),
        TimestampArray times => NumberAt(times.GetTimestamp(row)!.Value),
        _ => throw Unfit(column.Data.DataType, HoldsWholeDays ? "a date or a timestamp" : "a timestamp"),
    };

    private DateTime LocalOf(long number) => HoldsWholeDays
        ? DateOf(number).ToDateTime(TimeOnly.MinValue)
        : DateTime.SpecifyKind(StartOf(number).UtcDateTime, DateTimeKind.Unspecified);

    /// <summary>A timestamp without zone is one of the partitioning's zone where days count, else one of UTC.</summary>
    private long NumberAtLocal(DateTime local) => HoldsWholeDays
        ? NumberAt(DateOnly.FromDateTime(local))
        : NumberAt(new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc)));
}
