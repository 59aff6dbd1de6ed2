using System.Globalization;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Compute;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Functions;

/// <summary>Functions on dates and timestamps against the calendar of the CLR.</summary>
public sealed class TimeTests
{
    private static readonly Expr A = Col("a");
    private static readonly Expr B = Col("b");
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    private static Gen<DateTime?[]> Instants =>
        Gen.Frequency(
            (1, Gen.Const((DateTime?)null)),
            (5, Gen.Long[-60_000_000_000, 250_000_000_000].Select(s => (DateTime?)Epoch.AddSeconds(s))),
            (2, Gen.Int[-40, 40].Select(s => (DateTime?)new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(s * 12)))).Array[0, 150];

    public static TheoryData<string> Units => new("Second", "Millisecond", "Microsecond", "Nanosecond", "Date");

    [Theory]
    [MemberData(nameof(Units))]
    public void Parts_truncations_and_sums_agree_with_the_clr_calendar(string unit) =>
        Gen.Select(Instants, Gen.Int[0, 70], Gen.Int[-30, 30]).Sample((drawn, pad, amount) =>
        {
            IArrowType type = unit == "Date" ? Date32Type.Default : new TimestampType(Enum.Parse<TimeUnit>(unit), "UTC");
            DateTime?[] instants = [.. drawn.Select(d => unit == "Date" ? d?.Date : unit == "Nanosecond" && d?.Year is < 1720 or > 2200 ? Epoch : d)];
            object?[] column = [.. instants.Select(d => Raw(d, type))];

            void Part(Expr expression, Func<DateTime, int> expected) => KernelTest.Equal(
                [.. instants.Select(d => d is null ? null : (object)expected(d.Value))], Evaluated.Run(expression, pad, (type, column)));
            Part(A.Year(), d => d.Year);
            Part(A.Quarter(), d => (d.Month + 2) / 3);
            Part(A.Month(), d => d.Month);
            Part(A.Day(), d => d.Day);
            Part(A.DayOfYear(), d => d.DayOfYear);
            Part(A.DayOfWeek(), d => (int)d.DayOfWeek);
            Part(A.IsoDayOfWeek(), d => d.DayOfWeek == 0 ? 7 : (int)d.DayOfWeek);
            Part(A.IsoWeek(), ISOWeek.GetWeekOfYear);
            Part(A.IsoYear(), ISOWeek.GetYear);
            Part(A.Hour(), d => d.Hour);
            Part(A.Minute(), d => d.Minute);
            Part(A.Second(), d => d.Second);

            void Moved(Expr expression, Func<DateTime, DateTime> expected) => KernelTest.Equal(
                [.. instants.Select(d => d is null ? null : Raw(expected(d.Value), type))], Evaluated.Run(expression, pad, (type, column)));
            Moved(A.TruncateTo(CalendarUnit.Hour), d => d.Date.AddHours(d.Hour));
            Moved(A.TruncateTo(CalendarUnit.Day), d => d.Date);
            Moved(A.TruncateTo(CalendarUnit.Week), d => d.Date.AddDays(-((int)d.DayOfWeek + 6) % 7));
            Moved(A.TruncateTo(CalendarUnit.Month), d => Utc(d.Year, d.Month));
            Moved(A.TruncateTo(CalendarUnit.Quarter), d => Utc(d.Year, (d.Month + 2) / 3 * 3 - 2));
            Moved(A.TruncateTo(CalendarUnit.Year), d => Utc(d.Year, 1));
            Moved(A.AddDays(amount), d => d.AddDays(amount));
            Moved(A.AddMonths(amount), d => d.AddMonths(amount));
            Moved(A.AddYears(amount), d => d.AddYears(amount));
            Moved(A.Add(amount, CalendarUnit.Week), d => d.AddDays(7 * amount));
        }, iter: 25);

    [Fact]
    public void Amounts_and_differences_may_be_columns() => Gen.Select(Instants, Gen.Int[-400, 400].Array[150]).Sample((drawn, numbers) =>
    {
        var type = new TimestampType(TimeUnit.Microsecond, "UTC");
        object?[] a = [.. drawn.Select(d => Raw(d, type))];
        object?[] b = [.. numbers.Take(a.Length).Select(n => (object)n)];
        object?[] other = [.. a.Reverse()];

        KernelTest.Equal(
            [.. drawn.Select((d, i) => Raw(d?.AddMonths(numbers[i]), type))], Evaluated.Run(A.AddMonths(B), (type, a), (Int32Type.Default, b)));
        KernelTest.Equal(
            [.. drawn.Select((d, i) => Raw(d?.AddHours(numbers[i]), type))], Evaluated.Run(A.AddHours(B), (type, a), (Int32Type.Default, b)));

        void Since(CalendarUnit unit, Func<DateTime, long> index) => KernelTest.Equal(
            [.. drawn.Zip(drawn.Reverse(), (l, r) => l is null || r is null ? null : (object)(index(l.Value) - index(r.Value)))],
            Evaluated.Run(A.Since(B, unit), (type, a), (type, other)));
        Since(CalendarUnit.Year, d => d.Year);
        Since(CalendarUnit.Quarter, d => d.Year * 4 + (d.Month - 1) / 3);
        Since(CalendarUnit.Month, d => d.Year * 12 + d.Month);
        Since(CalendarUnit.Day, d => d.Ticks / TimeSpan.TicksPerDay);
        Since(CalendarUnit.Hour, d => d.Ticks / TimeSpan.TicksPerHour);
        Since(CalendarUnit.Second, d => d.Ticks / TimeSpan.TicksPerSecond);
    }, iter: 40);

    public static TheoryData<string> Zones => new("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "UTC");

    [Theory]
    [MemberData(nameof(Zones))]
    public void Zones_agree_with_the_clr_also_at_changes(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var near = Gen.Select(Gen.Int[1950, 2040], Gen.Int[0, 366 * 48]).Select((y, half) => Utc(y, 1).AddMinutes(30 * half));
        near.Array[1, 300].Sample(instants =>
        {
            var utc = new TimestampType(TimeUnit.Microsecond, "UTC");
            var plain = new TimestampType(TimeUnit.Microsecond, (string?)null);
            KernelTest.Equal(
                [.. instants.Select(d => Raw(DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(d, zone), DateTimeKind.Utc), utc))],
                Evaluated.Run(A.ToLocal(id), (utc, [.. instants.Select(d => Raw(d, utc))])));
            KernelTest.Equal(
                [.. instants.Select(d => Raw(ToInstant(d, zone), utc))],
                Evaluated.Run(A.ToInstant(id), (plain, [.. instants.Select(d => Raw(d, utc))])));
        }, iter: 20);
    }

    [Fact]
    public void A_skipped_time_moves_on_and_of_a_repeated_one_the_earlier_counts()
    {
        var plain = new TimestampType(TimeUnit.Second, (string?)null);
        object?[] local = [Seconds(2024, 3, 31, 2, 30), Seconds(2024, 10, 27, 2, 30), Seconds(2024, 10, 27, 3, 0)];
        Assert.Equal(
            [Seconds(2024, 3, 31, 1, 30), Seconds(2024, 10, 27, 0, 30), Seconds(2024, 10, 27, 2, 0)],
            Evaluated.Run(A.ToInstant("Europe/Berlin"), (plain, local)));
    }

    [Fact]
    public void Wrong_arguments_are_refused_while_binding()
    {
        var utc = new TimestampType(TimeUnit.Microsecond, "UTC");
        Assert.Contains("'Moon/Base'", Evaluated.Refused(A.ToLocal("Moon/Base"), utc).Message, StringComparison.Ordinal);
        Assert.Contains("use ToLocal", Evaluated.Refused(A.ToInstant("UTC"), utc).Message, StringComparison.Ordinal);
        Assert.Contains("cast it to a timestamp", Evaluated.Refused(A.AddHours(1), Date32Type.Default).Message, StringComparison.Ordinal);
        Assert.Contains("no fixed length", Evaluated.Refused(A.Epoch(CalendarUnit.Month), utc).Message, StringComparison.Ordinal);
        Assert.Contains("'yyyyy' has no meaning", Evaluated.Refused(A.Format("yyyyy"), utc).Message, StringComparison.Ordinal);
        Assert.Contains("(utf8)", Evaluated.Refused(A.Year(), StringType.Default).Message, StringComparison.Ordinal);
        Assert.Contains("has a time of day", Evaluated.Refused(A.ParseDate("yyyy-MM-dd HH"), StringType.Default).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_out_of_range_is_named_and_garbage_under_nulls_is_not()
    {
        Assert.Equal([null, null], Evaluated.Run(A.AddDays(-1), (Date32Type.Default, [null, null])));
        Assert.Contains("row 1", Evaluated.Throws<OverflowException>(A.AddDays(1), (Date32Type.Default, [0, int.MaxValue])).Message, StringComparison.Ordinal);
        Assert.Contains("1970-01-01", Evaluated.Throws<OverflowException>(A.AddYears(100_000_000), (Date32Type.Default, [0])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "month 13", Evaluated.Throws<OverflowException>(MakeDate(2024, A, 1), (Int32Type.Default, [13])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("dd.MM.yyyy H:m:s")]
    [InlineData("dddd, d MMMM yyyy 'at' hh:mm:ss tt")]
    [InlineData("ddd MMM dd yyyy HH\\hmm ss.ffffff")]
    [InlineData("yyyyMMddTHHmmssZ")]
    public void Formats_write_and_read_what_the_clr_writes(string format) => Instants.Sample(drawn =>
    {
        var type = new TimestampType(TimeUnit.Microsecond, (string?)null);
        object?[] texts = [.. drawn.Select(d => d?.ToString(format, CultureInfo.InvariantCulture))];
        object?[] raw = [.. drawn.Select(d => Raw(d, type))];
        KernelTest.Equal(texts, Evaluated.Run(A.Format(format), 3, (type, raw)));
        KernelTest.Equal(raw, Evaluated.Run(A.ParseTimestamp(format), 3, (StringType.Default, texts)));
    }, iter: 30);

    [Fact]
    public void Texts_of_another_form_are_null_or_named()
    {
        object?[] texts = ["2024-02-29", "2023-02-29", "x", null, "2024-02-29 "];
        Assert.Equal([19782, null, null, null, null], Evaluated.Run(A.TryParseDate("yyyy-MM-dd"), (StringType.Default, texts)));
        var error = Evaluated.Throws<FormatException>(A.ParseDate("yyyy-MM-dd"), (StringType.Default, texts));
        Assert.Contains("'2023-02-29' in row 1", error.Message, StringComparison.Ordinal);
        Assert.Equal([Seconds(2024, 1, 1, 10, 0) * 1_000_000L], Evaluated.Run(
            A.ParseTimestamp("yyyy-MM-dd HH:mmzzz"), (StringType.Default, ["2024-01-01 12:00+02:00"])));
    }

    [Fact]
    public void Numbers_become_times_and_times_numbers()
    {
        Assert.Equal([19782], Evaluated.Run(MakeDate(A, 2, 29), (Int32Type.Default, [2024])));
        Assert.Equal(
            [Seconds(2024, 2, 29, 23, 59) * 1_000_000L, null],
            Evaluated.Run(MakeTimestamp(2024, 2, 29, A, 59, 0), (Int32Type.Default, [23, null])));
        Assert.Equal([7, null], Evaluated.Run(MakeTime(A, 8, 9).Hour(), (Int32Type.Default, [7, null])));
        Assert.Equal([5_400_000_000L], Evaluated.Run(A.FromEpoch(CalendarUnit.Minute).Epoch(CalendarUnit.Microsecond), (Int64Type.Default, [90L])));
        Assert.Equal([-1L], Evaluated.Run(A.FromEpoch(CalendarUnit.Millisecond).Epoch(), (Int64Type.Default, [-1L])));
        Assert.Equal([1.5], Evaluated.Run(MakeDuration(A, CalendarUnit.Hour).TotalIn(CalendarUnit.Hour), (DoubleType.Default, [1.5])));
        Assert.Equal([-1], Evaluated.Run(MakeDuration(A, CalendarUnit.Hour).Day(), (Int32Type.Default, [-47])));
        Assert.Equal([22], Evaluated.Run(RunClock.TimeOfDay().AddHours(A).Hour(), (Int32Type.Default, [17])));
        Assert.Equal([2026], Evaluated.Run(RunClock.Year(), (Int32Type.Default, [0])));
    }

    /// <summary>By offsets of instants alone: what the CLR says of local times long ago does not always agree with them.</summary>
    private static DateTime ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = zone.GetUtcOffset(wall.AddDays(-1));
        TimeSpan[] offsets = [before, zone.GetUtcOffset(wall.AddDays(1))];
        foreach (var offset in offsets.OrderDescending())
        {
            if (zone.GetUtcOffset(wall - offset) == offset)
                return wall - offset;
        }

        return wall - before;
    }

    private static DateTime Utc(int year, int month) => new(year, month, 1, 0, 0, 0, DateTimeKind.Utc);

    private static long Seconds(int year, int month, int day, int hour, int minute) =>
        (long)(new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc) - Epoch).TotalSeconds;

    private static object? Raw(DateTime? instant, IArrowType type) => (instant, type) switch
    {
        (null, _) => null,
        ({ } d, Date32Type) => (int)((d - Epoch).Ticks / TimeSpan.TicksPerDay),
        ({ } d, TimestampType { Unit: TimeUnit.Second }) => (d - Epoch).Ticks / TimeSpan.TicksPerSecond,
        ({ } d, TimestampType { Unit: TimeUnit.Millisecond }) => (d - Epoch).Ticks / TimeSpan.TicksPerMillisecond,
        ({ } d, TimestampType { Unit: TimeUnit.Microsecond }) => (d - Epoch).Ticks / TimeSpan.TicksPerMicrosecond,
        ({ } d, _) => (d - Epoch).Ticks * 100,
    };
}
