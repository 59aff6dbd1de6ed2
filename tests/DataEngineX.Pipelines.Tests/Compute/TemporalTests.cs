using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class TemporalTests
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    private static Gen<DateTime?[]> Instants =>
        Gen.Frequency(
            (1, Gen.Const((DateTime?)null)),
            (5, Gen.Long[-60_000_000_000, 250_000_000_000].Select(s => (DateTime?)Epoch.AddSeconds(s)))).Array[0, 150];

    public static TheoryData<string> Units => new("Second", "Millisecond", "Microsecond", "Nanosecond", "Date");

    [Theory]
    [MemberData(nameof(Units))]
    public void Parts_truncations_and_differences_agree_with_the_clr_calendar(string unit) =>
        Gen.Select(Instants, Gen.Int[0, 70]).Sample((drawn, pad) =>
        {
            IArrowType type = unit == "Date" ? Date32Type.Default : new TimestampType(Enum.Parse<TimeUnit>(unit), "UTC");
            DateTime?[] instants = [.. drawn.Select(d => unit == "Date" ? d?.Date : unit == "Nanosecond" && d?.Year is < 1700 or > 2200 ? Epoch : d)];
            using IArrowArray column = Rows.Build(type, [.. instants.Select(d => Raw(d, type))], pad);
            using IArrowArray other = Rows.Build(type, [.. instants.Reverse().Select(d => Raw(d, type))]);

            void Part(DatePart part, Func<DateTime, int> expected) => KernelTest.Equal(
                [.. instants.Select(d => d is null ? null : (object)expected(d.Value))], KernelTest.Run(a => Temporal.Extract(part, column, a)));
            Part(DatePart.Year, d => d.Year);
            Part(DatePart.Month, d => d.Month);
            Part(DatePart.Day, d => d.Day);
            Part(DatePart.DayOfYear, d => d.DayOfYear);
            Part(DatePart.DayOfWeek, d => (int)d.DayOfWeek);
            Part(DatePart.Hour, d => d.Hour);
            Part(DatePart.Minute, d => d.Minute);
            Part(DatePart.Second, d => d.Second);

            void Truncated(TruncationUnit to, Func<DateTime, DateTime> expected) => KernelTest.Equal(
                [.. instants.Select(d => d is null ? null : Raw(expected(d.Value), type))], KernelTest.Run(a => Temporal.Truncate(to, column, a)));
            Truncated(TruncationUnit.Hour, d => d.Date.AddHours(d.Hour));
            Truncated(TruncationUnit.Day, d => d.Date);
            Truncated(TruncationUnit.Month, d => new DateTime(d.Year, d.Month, 1, 0, 0, 0, DateTimeKind.Utc));
            Truncated(TruncationUnit.Year, d => new DateTime(d.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

            KernelTest.Equal([.. instants.Select(d => Raw(d?.AddDays(-40), type))], KernelTest.Run(a => Temporal.AddDays(column, -40, a)));
            KernelTest.Equal(
                [.. instants.Zip(instants.Reverse(), (l, r) => l is null || r is null ? null : (object)(long)(l.Value.Date - r.Value.Date).Days)],
                KernelTest.Run(a => Temporal.DaysBetween(column, other, a)));
        }, iter: 60);

    [Fact]
    public void Garbage_and_extremes_under_nulls_do_no_harm_and_out_of_range_is_named()
    {
        using IArrowArray nulls = Rows.Build(Date32Type.Default, [null, null]);
        KernelTest.Equal([null, null], KernelTest.Run(a => Temporal.AddDays(nulls, -1, a)));
        using IArrowArray last = Rows.Build(Date32Type.Default, [0, int.MaxValue]);
        Assert.Contains("row 1", KernelTest.Throws<OverflowException>(a => Temporal.AddDays(last, 1, a)).Message, StringComparison.Ordinal);
        using IArrowArray text = Rows.Build(StringType.Default, ["2024-01-01"]);
        KernelTest.Throws<NotSupportedException>(a => Temporal.Extract(DatePart.Year, text, a));
    }

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
