using System.Globalization;
using DataEngineX.Hosting.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Hosting.Tests.Scheduling;

public sealed class NextSlotTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("30 2 * * *", "America/New_York", "2015-03-08T05:00Z", "2015-03-08T07:00Z 2015-03-09T06:30Z")] // The hour from 2 to 3 is missing.
    [InlineData("30 1 * * *", "America/New_York", "2015-11-01T04:00Z", "2015-11-01T05:30Z 2015-11-02T06:30Z")] // The hour from 1 to 2 comes twice.
    [InlineData("*/30 1 * * *", "America/New_York", "2015-11-01T04:00Z", "2015-11-01T05:00Z 2015-11-01T05:30Z 2015-11-01T06:00Z 2015-11-01T06:30Z")]
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2015-10-03T12:00Z", "2015-10-03T15:30Z 2015-10-04T15:15Z")] // Half an hour is missing.
    [InlineData("0 0 * * *", "America/Santiago", "2016-08-14T00:00Z", "2016-08-14T04:00Z 2016-08-15T03:00Z")] // Midnight is missing.
    [InlineData("5 * * * *", "UTC", "2015-06-01T12:05Z", "2015-06-01T13:05Z 2015-06-01T14:05Z")]
    [InlineData("*/20 * * * * *", "UTC", "2015-06-01T12:00:01Z", "2015-06-01T12:00:20Z 2015-06-01T12:00:40Z")]
    public async Task Slots_follow_the_zone_through_changes_of_the_clock(string cron, string zone, string now, string expected)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var slots = expected.Split(' ').Select(s => DateTimeOffset.Parse(s, CultureInfo.InvariantCulture)).ToList();
        await using var host = new TestHost(
            _folder,
            dex => dex.AddCopy("p", new Feed("a"), new Feed("b")).Schedule("p", cron, TimeZoneInfo.FindSystemTimeZoneById(zone)),
            clock);

        Assert.Equal(slots, host.Get<IScheduleCatalog>().GetNextSlots("p", slots.Count));
        Assert.Equal(new ScheduleInfo("p", cron, zone), Assert.Single(host.Get<IScheduleCatalog>().Schedules));
    }

    [Fact]
    public async Task Several_schedules_of_a_pipeline_are_told_as_one_row_of_slots()
    {
        await using var host = new TestHost(_folder, dex => dex.AddCopy("p", new Feed("a"), new Feed("b"))
            .Schedule("p", "0 * * * *").Schedule("p", "0,30 * * * *").Schedule("p", "0 * * * *"));

        Assert.Equal(
            [TestHost.Noon.AddMinutes(30), TestHost.Noon.AddHours(1), TestHost.Noon.AddMinutes(90)],
            host.Get<IScheduleCatalog>().GetNextSlots("p", 3));
        Assert.Equal(2, host.Get<IScheduleCatalog>().Schedules.Count);
        Assert.Empty(host.Get<IScheduleCatalog>().GetNextSlots("other", 3));
    }

    [Theory]
    [InlineData("every hour")]
    [InlineData("61 * * * *")]
    [InlineData("* * *")]
    public void A_bad_expression_is_refused_where_it_is_written(string cron)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new TestHost(_folder, dex => dex.AddCopy("p", new Feed("a"), new Feed("b")).Schedule("p", cron)));

        Assert.Contains($"'{cron}' of pipeline 'p'", error.Message, StringComparison.Ordinal);
    }
}
