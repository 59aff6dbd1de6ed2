namespace DataEngineX.AspNetCore.Tests;

internal sealed class FakeSchedules : IScheduleCatalog
{
    public IReadOnlyList<ScheduleInfo> Schedules { get; } = [new ScheduleInfo("weather.silver", "5 * * * *", "UTC")];

    public IReadOnlyList<DateTimeOffset> GetNextSlots(string pipeline, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new DateTimeOffset(2015, 1, 5, 13 + i, 5, 0, TimeSpan.Zero))];
}
