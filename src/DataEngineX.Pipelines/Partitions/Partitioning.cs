using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>
/// How a dataset is divided into partitions, which are computed one by one and replaced as a whole. Partitions have numbers, neighbours in order, so
/// that sets of them are intervals however many they are.
/// </summary>
/// <remarks>Rows without a value in the partition column belong to the first partition; rows before it belong to none and are not read.</remarks>
public abstract class Partitioning
{
    private protected Partitioning()
    {
    }

    /// <summary>The number of the first partition.</summary>
    public abstract long First { get; }

    /// <summary>The text that tells this way of dividing from any other.</summary>
    public abstract string Canonical { get; }

    /// <summary>Days of a time zone.</summary>
    /// <param name="start">The first day.</param>
    /// <param name="zone">The zone whose midnights divide the days. <value>Default: null, UTC.</value></param>
    public static Partitioning Daily(DateOnly start, TimeZoneInfo? zone = null) => new DayPartitioning(start, zone ?? TimeZoneInfo.Utc);

    /// <summary>Weeks of a time zone, from Monday on, with the names of ISO 8601, such as <c>2015-W05</c>.</summary>
    /// <param name="start">A day of the first week.</param>
    /// <param name="zone">The zone whose midnights divide the weeks. <value>Default: null, UTC.</value></param>
    public static Partitioning Weekly(DateOnly start, TimeZoneInfo? zone = null) => new WeekPartitioning(start, zone ?? TimeZoneInfo.Utc);

    /// <summary>Calendar months of a time zone.</summary>
    /// <param name="start">A day of the first month.</param>
    /// <param name="zone">The zone whose midnights divide the months. <value>Default: null, UTC.</value></param>
    public static Partitioning Monthly(DateOnly start, TimeZoneInfo? zone = null) => new MonthPartitioning(start, zone ?? TimeZoneInfo.Utc);

    /// <summary>Hours, which begin when the clocks of a zone strike in its standard time.</summary>
    /// <param name="start">An instant of the first hour.</param>
    /// <param name="zone">The zone; it matters where its offset is no whole hour. <value>Default: null, UTC.</value></param>
    public static Partitioning Hourly(DateTimeOffset start, TimeZoneInfo? zone = null)
    {
        var minutes = TimeSpan.FromTicks((zone ?? TimeZoneInfo.Utc).BaseUtcOffset.Ticks % TimeSpan.TicksPerHour);
        var local = start.UtcTicks + minutes.Ticks;
        return new SpanPartitioning(TimeSpan.FromHours(1), new DateTimeOffset(local - (local % TimeSpan.TicksPerHour) - minutes.Ticks, TimeSpan.Zero), "hourly");
    }

    /// <summary>Stretches of time of equal length.</summary>
    /// <param name="length">The length of each.</param>
    /// <param name="start">Where the first begins.</param>
    public static Partitioning Every(TimeSpan length, DateTimeOffset start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromSeconds(1));
        return new SpanPartitioning(length, start.ToUniversalTime(), "every");
    }

    /// <summary>One partition for each of some texts; rows with other texts belong to none. New keys are added at the end: the order is part of what is known of earlier runs.</summary>
    /// <param name="keys">The texts.</param>
    public static Partitioning Keys(params IReadOnlyList<string> keys) => new KeyPartitioning(keys);

    /// <summary>The number after the last partition that can be complete at an instant.</summary>
    /// <param name="now">The instant.</param>
    public abstract long EndAt(DateTimeOffset now);

    /// <summary>The name of a partition, such as <c>2015-03-29</c>.</summary>
    /// <param name="number">Its number.</param>
    public abstract string NameOf(long number);

    /// <summary>The number of a partition.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="PlanException">It is no name of a partition.</exception>
    public abstract long NumberOf(string name);

    /// <summary>The name of a set, such as <c>2015-01-01..2015-01-31,2015-02-03</c>.</summary>
    /// <param name="partitions">Numbers of partitions.</param>
    public string NameOf(IntervalSet partitions)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        return string.Join(",", partitions.Intervals.Select(NameOf));
    }

    /// <summary>The name of neighbours.</summary>
    /// <param name="interval">Their numbers.</param>
    public string NameOf(Interval interval) => interval.Count == 1 ? NameOf(interval.From) : $"{NameOf(interval.From)}..{NameOf(interval.To - 1)}";

    /// <summary>Reads the name of a set.</summary>
    /// <param name="text">Names of partitions, <c>first..last</c> for neighbours, separated by commas.</param>
    /// <exception cref="PlanException">It is no such name.</exception>
    public IntervalSet Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return IntervalSet.Of(text.Split(',').Select(part =>
        {
            var dots = part.IndexOf("..", StringComparison.Ordinal);
            var (first, last) = dots < 0 ? (NumberOf(part), NumberOf(part)) : (NumberOf(part[..dots]), NumberOf(part[(dots + 2)..]));
            return first <= last && first >= First
                ? new Interval(first, last + 1)
                : throw new PlanException($"'{part}' is no partition of {Canonical}: {(first > last ? "its end is before its beginning" : $"the first is {NameOf(First)}")}.");
        }));
    }

    /// <summary>The condition that rows of some partitions satisfy.</summary>
    /// <param name="partitions">The partitions; at most a few hundred intervals.</param>
    /// <param name="column">The partition column.</param>
    /// <exception cref="PlanException">A column of this type cannot divide rows so.</exception>
    public Expr Covers(IntervalSet partitions, Field column)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        ArgumentNullException.ThrowIfNull(column);
        var name = new ColumnExpr(column.Name);
        Expr? all = partitions.Contains(First) && column.IsNullable ? name.IsNull() : null;
        foreach (var interval in partitions.Intervals)
        {
            var next = Covers(interval, name, column.DataType);
            all = all is null ? next : all | next;
        }

        return all ?? (name.IsNull() & name.IsNotNull());
    }

    /// <summary>Adds the partitions of a column's values.</summary>
    /// <param name="column">The values.</param>
    /// <param name="numbers">Takes the numbers.</param>
    internal abstract void Collect(IArrowArray column, HashSet<long> numbers);

    private protected abstract Expr Covers(Interval interval, ColumnExpr column, IArrowType type);

    private protected PlanException Unfit(IArrowType type, string wanted) => new($"A column of type {ArrowTypes.NameOf(type)} cannot be partitioned as {Canonical}: it must be {wanted}.");
}
