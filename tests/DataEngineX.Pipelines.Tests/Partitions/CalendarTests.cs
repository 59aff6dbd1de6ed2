using System.Globalization;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines.Tests.Partitions;

/// <summary>Partitions of calendars: half open, without gap or overlap, whatever a zone does to its clocks.</summary>
public sealed class CalendarTests
{
    private static readonly DateOnly Start = new(2014, 12, 29);

    public static TheoryData<string, string> Zones()
    {
        var zones = new TheoryData<string, string>();
        foreach (var zone in (string[])["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"])
        {
            foreach (var kind in (string[])["daily", "weekly", "monthly"])
                zones.Add(zone, kind);
        }

        return zones;
    }

    /// <summary>Every instant of two years lies in just one partition, and that is the one of its date in the zone.</summary>
    [Theory]
    [MemberData(nameof(Zones))]
    public void Each_instant_is_in_the_partition_of_its_date(string zone, string kind)
    {
        var (partitioning, clock) = (Of(kind, zone), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var last = partitioning.First;
        var from = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var lengths = new Dictionary<long, int>();
        for (var half = 0; half < 2 * 365 * 24 * 2; half++)
        {
            var instant = from.AddMinutes(half * 30);
            var number = partitioning.EndAt(instant);
            var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, clock).DateTime);
            if (half % 97 == 0)
                Assert.Equal(number, partitioning.NumberOf(NameOf(kind, date)));
            if (number != last && number != last + 1 && half > 0)
                Assert.Fail($"{instant:O}: {number} after {last}");
            last = number;
            lengths[number] = lengths.GetValueOrDefault(number) + 1;
        }

        // The first and the last are cut by the stretch looked at.
        var whole = lengths.OrderBy(l => l.Key).Skip(1).SkipLast(1).Select(l => l.Value / 2.0).ToList();
        double[] hours = kind switch { "daily" => [23, 23.5, 24, 24.5, 25], "weekly" => [167, 167.5, 168, 168.5, 169], _ => [.. whole.Distinct()] };
        Assert.All(whole, w => Assert.Contains(w, hours));
        if (kind == "daily" && zone is ("Europe/Berlin" or "America/New_York" or "America/Sao_Paulo"))
            Assert.Equal("23 24 25", string.Join(' ', whole.Distinct().Order()));
    }

    [Fact]
    public void Weeks_have_the_names_of_the_calendar()
    {
        var weeks = Partitioning.Weekly(new(2015, 1, 1));
        Assert.Equal("2015-W01", weeks.NameOf(weeks.First));
        Assert.Equal("2015-W53", weeks.NameOf(weeks.NumberOf("2015-W53")));
        Assert.Equal(weeks.NumberOf("2015-W53") + 1, weeks.NumberOf("2016-W01"));
        Assert.Equal("2015-W52..2016-W01", weeks.NameOf(new Interval(weeks.NumberOf("2015-W52"), weeks.NumberOf("2016-W02"))));

        // The week that holds the end of one year and the begin of the next is one.
        Assert.Equal(weeks.NumberOf("2015-W53"), weeks.EndAt(new(2016, 1, 3, 23, 0, 0, TimeSpan.Zero)));
        Assert.Equal(weeks.NumberOf("2016-W01"), weeks.EndAt(new(2016, 1, 4, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal("weekly from 2015-W01 UTC", weeks.Canonical);
    }

    [Theory]
    [InlineData("2016-W53")]
    [InlineData("2015-W00")]
    [InlineData("2015-W5")]
    [InlineData("2015-05")]
    [InlineData("2015-W5a")]
    [InlineData("")]
    public void What_is_no_week_is_refused(string name) => Assert.Contains(
        "write it as 2015-W05", Assert.Throws<PlanException>(() => Partitioning.Weekly(new(2015, 1, 1)).NumberOf(name)).Message, StringComparison.Ordinal);

    /// <summary>A row at a border is in the partition that begins there, by all three kinds of column.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "daily", "2015-03-29")]
    [InlineData("Europe/Berlin", "daily", "2015-10-25")]
    [InlineData("America/Sao_Paulo", "daily", "2015-10-18")]
    [InlineData("Europe/Berlin", "weekly", "2015-W13")]
    [InlineData("Europe/Berlin", "monthly", "2015-10")]
    public void Bounds_are_half_open(string zone, string kind, string name)
    {
        var partitioning = Of(kind, zone);
        var number = partitioning.NumberOf(name);
        var (condition, next) = (Covers(number), Covers(number + 1));
        Assert.StartsWith("(and (ge (col \"at\") ", condition, StringComparison.Ordinal);
        Assert.Contains("(lt (col \"at\") ", condition, StringComparison.Ordinal);

        // What ends one begins the next.
        Assert.Equal(Literals(condition)[1], Literals(next)[0]);

        string Covers(long partition) => partitioning.Covers(IntervalSet.Of([new Interval(partition, partition + 1)]), At).Canonical;
    }

    private static readonly Field At = new("at", new TimestampType(TimeUnit.Microsecond, "UTC"), true);

    private static List<string> Literals(string text) => [.. Regex.Matches(text, @"\d{4}-\d\d-\d\dT\S+?\+00:00").Select(m => m.Value)];

    private static Partitioning Of(string kind, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return kind switch
        {
            "daily" => Partitioning.Daily(Start, clock),
            "weekly" => Partitioning.Weekly(Start, clock),
            _ => Partitioning.Monthly(Start, clock),
        };
    }

    private static string NameOf(string kind, DateOnly date) => kind switch
    {
        "daily" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "weekly" => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}"),
        _ => date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };
}
