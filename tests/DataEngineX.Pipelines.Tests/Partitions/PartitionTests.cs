using DataEngineX.Pipelines.Tests.Incremental;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Partitions;

public sealed record Reading(string Station, DateTimeOffset At, long Value);

/// <summary>Pipelines that are computed partition by partition: what runs and why, and that the target is what a full run would give.</summary>
public sealed class PartitionTests
{
    private static readonly DatasetId Daily = DatasetId.Table(Layer.Gold, "daily");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_computes_what_has_ended_and_a_later_one_what_is_new()
    {
        await using var lake = Lake();
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(1, 4), 2), new("b", Day(3, 1), 5));
        _state.Clock.SetUtcNow(Day(3, 12));
        var first = await RunAsync(lake);
        Assert.Equal("2015-01-01..2015-01-02", first.Partition);
        Assert.Equal(["2015-01-01 a 3"], await DailyAsync(lake));
        Assert.Null((await RunAsync(lake)).Version);
        _state.Clock.SetUtcNow(Day(4, 0));
        Assert.Equal("2015-01-03", (await RunAsync(lake)).Partition);
        Assert.Equal(["2015-01-01 a 3", "2015-01-03 b 5"], await DailyAsync(lake));
    }

    [Fact]
    public async Task Late_rows_run_their_partition_again_and_no_other()
    {
        await using var lake = Lake();
        _state.Clock.SetUtcNow(Day(6, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2), new("a", Day(3, 3), 3));
        await RunAsync(lake);
        await AppendAsync(new Reading("a", Day(2, 23), 40));
        var plan = await PlanAsync(lake);
        var planned = Assert.Single(plan.Partitions);
        Assert.Equal("2015-01-02", planned.Name);
        Assert.StartsWith("late: rows of silver/readings came, changed or went in (0, 1]", planned.Reason, StringComparison.Ordinal);
        Assert.Equal("2015-01-02", (await RunAsync(lake)).Partition);
        Assert.Equal(["2015-01-01 a 1", "2015-01-02 a 42", "2015-01-03 a 3"], await DailyAsync(lake));
    }

    [Fact]
    public async Task Changed_code_and_changed_dimensions_run_everything_again()
    {
        _state.Clock.SetUtcNow(Day(3, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2));
        await using (var lake = Lake())
            await RunAsync(lake);
        await using (var lake = Lake(p => Read(p).Where(r => r.Value > 1)))
        {
            Assert.StartsWith("code changed", Assert.Single((await PlanAsync(lake)).Partitions).Reason, StringComparison.Ordinal);
            await RunAsync(lake);
            Assert.Equal(["2015-01-02 a 2"], await DailyAsync(lake));
            Assert.False((await PlanAsync(lake)).HasWork);
        }

        Func<PipelineBuilder, Flow<Reading>> withNames = p => Read(p).SemiJoin(Flow.Table<Order>(Layer.Silver, "names"), l => l.Station, r => r.Station);
        await using var joined = Lake(withNames);
        var names = new Upstream(joined, "names");
        await names.AppendAsync(new Order(1, "a", 1));
        await RunAsync(joined);
        await names.ReplaceAsync(new Order(1, "b", 1));
        Assert.StartsWith("upstream changed: silver/names", Assert.Single((await PlanAsync(joined)).Partitions).Reason, StringComparison.Ordinal);
        await RunAsync(joined);
        Assert.Empty(await DailyAsync(joined));
    }

    [Fact]
    public async Task A_target_that_replaces_by_a_condition_of_its_own_replaces_that_part_of_each_partition()
    {
        await using (var other = new InMemoryLakehouse(
            dex => dex.AddPipeline("others", p => p.ReadRows("others", new Total[] { new(new(2015, 1, 1), "z", 1), new(new(2015, 1, 2), "z", 2), new(new(2015, 1, 2), "a", 99) }).AppendTo(Layer.Gold, "daily")), _state))
            Assert.Equal(RunState.Succeeded, (await other.RunAsync("others", Cancel)).State);
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("daily", p => Read(p)
                .GroupBy(r => new { Day = DateOnly.FromDateTime(r.At.Date), r.Station })
                .Aggregate(g => new Total(g.Key.Day, g.Key.Station, g.Sum(r => r.Value)))
                .ReplaceWhere(Layer.Gold, "daily", r => r.Station == "a").PartitionedBy(r => r.Day)), _state);
        _state.Clock.SetUtcNow(Day(3, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2));

        Assert.Equal(RunState.Succeeded, (await RunAsync(lake, "2015-01-01")).State);
        Assert.Equal(["2015-01-01 a 1", "2015-01-01 z 1", "2015-01-02 a 99", "2015-01-02 z 2"], await DailyAsync(lake));
        var rest = await lake.Services.GetRequiredService<Backfill>().RunAsync(new BackfillRequest("daily"), null, Cancel);
        Assert.Equal(0, rest.Failed);
        Assert.Equal(["2015-01-01 a 1", "2015-01-01 z 1", "2015-01-02 a 2", "2015-01-02 z 2"], await DailyAsync(lake));

        await AppendAsync(new Reading("b", Day(2, 4), 5));
        var run = await RunAsync(lake);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("station = b", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_undoes_nothing_and_loses_nothing()
    {
        await using var lake = Lake();
        _state.Clock.SetUtcNow(Day(5, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2), new("a", Day(4, 3), 4));
        Assert.True((await RunAsync(lake)).Published);
        _state.Clock.AdjustTime(Day(2, 0));
        Assert.False((await RunAsync(lake)).Published);
        await AppendAsync(new("a", Day(1, 4), 10), new Reading("a", Day(4, 4), 40));
        await RunAsync(lake);
        Assert.Contains("2015-01-02 a 2", await DailyAsync(lake));

        _state.Clock.SetUtcNow(Day(6, 0));
        Assert.Equal(RunState.Succeeded, (await RunAsync(lake)).State);
        Assert.Equal(["2015-01-01 a 11", "2015-01-02 a 2", "2015-01-04 a 44"], await DailyAsync(lake));
        Assert.False((await RunAsync(lake)).Published);
    }

    [Fact]
    public async Task Hosts_that_are_given_one_partition_at_once_publish_it_once()
    {
        _state.Clock.SetUtcNow(Day(4, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2), new("a", Day(3, 3), 3));
        await using var one = Lake();
        await using var other = Lake();
        var runs = await Task.WhenAll(new[] { one, other, one, other }.Select(lake => Task.Run(() => RunAsync(lake, "2015-01-02"))));
        Assert.All(runs, r => Assert.True(r.State == RunState.Succeeded, r.Error));
        Assert.Single(runs, r => r.Published);
        Assert.Equal(["2015-01-02 a 2"], await DailyAsync(one));
        var rest = await Task.WhenAll(Task.Run(() => RunAsync(one, "2015-01-01")), Task.Run(() => RunAsync(other, "2015-01-03")));
        Assert.All(rest, r => Assert.True(r.Published, r.Error));
        Assert.Equal(["2015-01-01 a 1", "2015-01-02 a 2", "2015-01-03 a 3"], await DailyAsync(one));
    }

    [Fact]
    public async Task A_partition_by_name_runs_only_when_it_is_not_done_or_asked_for_again()
    {
        await using var lake = Lake();
        _state.Clock.SetUtcNow(Day(9, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2), new("a", Day(3, 3), 3));
        Assert.Equal("2015-01-02..2015-01-03", (await RunAsync(lake, "2015-01-02..2015-01-03")).Partition);
        Assert.Equal(["2015-01-02 a 2", "2015-01-03 a 3"], await DailyAsync(lake));
        Assert.False((await RunAsync(lake, "2015-01-03")).Published);
        Assert.True((await RunAsync(lake, "2015-01-03", isFull: true)).Published);
        Assert.Equal(["2015-01-01", "2015-01-04..2015-01-08"], (await PlanAsync(lake)).Partitions.Single().Name.Split(','));
        Assert.Contains("the first is 2015-01-01", (await RunAsync(lake, "2014-12-31")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_those_of_the_zone()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", p => p
            .ReadTable<Reading>(Layer.Silver, "readings").Partitioned(r => r.At, Partitioning.Daily(new(2015, 3, 28), Berlin))
            .ReplaceTable(Layer.Gold, "daily")), _state);
        DateTimeOffset[] instants =
        [
            new(2015, 3, 27, 22, 59, 59, TimeSpan.Zero), new(2015, 3, 27, 23, 0, 0, TimeSpan.Zero), new(2015, 3, 28, 22, 59, 59, TimeSpan.Zero),
            new(2015, 3, 28, 23, 0, 0, TimeSpan.Zero), new(2015, 3, 29, 21, 59, 59, TimeSpan.Zero), new(2015, 3, 29, 22, 0, 0, TimeSpan.Zero),
        ];
        await AppendAsync([.. instants.Select((at, i) => new Reading("a", at, i))]);
        _state.Clock.SetUtcNow(new DateTimeOffset(2015, 3, 29, 22, 0, 0, TimeSpan.Zero));
        await RunAsync(lake, "2015-03-29");
        Assert.Equal([3L, 4L], (await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Select(r => r.Value).Order());
        Assert.Equal("2015-03-28", (await RunAsync(lake)).Partition);
        Assert.Equal([1L, 2L, 3L, 4L], (await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Select(r => r.Value).Order());
    }

    [Fact]
    public async Task Keys_are_partitions_too()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", p => p
            .ReadTable<Reading>(Layer.Silver, "readings").Partitioned(r => r.Station, Partitioning.Keys("a", "b", "c"))
            .ReplaceTable(Layer.Gold, "daily")), _state);
        await AppendAsync(new("a", Day(1, 1), 1), new("b", Day(1, 1), 2), new("x", Day(1, 1), 3));
        Assert.Equal("b..c", (await RunAsync(lake, "b..c")).Partition);
        Assert.Equal("a", (await RunAsync(lake)).Partition);
        await AppendAsync(new Reading("b", Day(1, 1), 7));
        Assert.Equal("b", (await RunAsync(lake)).Partition);
        Assert.Equal([1L, 2L, 7L], (await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Select(r => r.Value).Order());
    }

    [Fact]
    public async Task Side_by_side_runs_lose_neither_rows_nor_what_is_done()
    {
        await using var lake = Lake();
        _state.Clock.SetUtcNow(Day(21, 0));
        await AppendAsync([.. Enumerable.Range(1, 20).Select(d => new Reading("a", Day(d, 1), d))]);
        var runs = await Task.WhenAll(Enumerable.Range(1, 20).Select(d => Task.Run(() => RunAsync(lake, $"2015-01-{d:00}"), Cancel)));
        Assert.All(runs, r => Assert.True(r.Published, r.Error));
        Assert.Equal(20, (await DailyAsync(lake)).Count);
        Assert.False((await PlanAsync(lake)).HasWork);
    }

    [Fact]
    public async Task A_slow_run_over_old_rows_does_not_count_as_done()
    {
        _state.Clock.SetUtcNow(Day(3, 0));
        await AppendAsync(new("a", Day(1, 3), 1), new("a", Day(2, 3), 2));
        using var reached = new SemaphoreSlim(0);
        using var open = new ManualResetEventSlim();
        await using var slow = Lake(p => Passing(p, Wait));
        await using var quick = Lake(p => Passing(p, () => { }));
        var old = Task.Run(() => RunAsync(slow, "2015-01-01..2015-01-02"), Cancel);
        Assert.NotSame(old, await Task.WhenAny(old, reached.WaitAsync(Cancel)));
        await AppendAsync(new Reading("a", Day(1, 5), 40));
        Assert.Equal("2015-01-01..2015-01-02", (await RunAsync(quick)).Partition);
        open.Set();
        Assert.True((await old).Published);
        Assert.Equal("2015-01-01", Assert.Single((await PlanAsync(quick)).Partitions).Name);
        await RunAsync(quick);
        Assert.Equal(["2015-01-01 a 41", "2015-01-02 a 2"], await DailyAsync(quick));

        void Wait()
        {
            reached.Release();
            open.Wait(Cancel);
        }

        static Flow<Reading> Passing(PipelineBuilder p, Action pass) => Read(p).MapBatches(
            "pass", "1", RowShape.SchemaOf<Reading>(),
            (batch, _) =>
            {
                pass();
                return batch;
            },
            isRowLocal: true,
            new Dictionary<string, IReadOnlyList<string>> { ["station"] = ["station"], ["at"] = ["at"], ["value"] = ["value"] }).As<Reading>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Partitions_equal_a_full_run_over_random_commits_runs_and_crashes(int seed)
    {
        var random = new Random(seed);
        var failpoints = new ThrowingFailpoints();
        await using var lake = Lake(failpoints: failpoints);
        string[] places = [FailpointNames.DataFilesWritten, FailpointNames.BeforeTargetCommit, FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted];
        for (var step = 0; step < 20; step++)
        {
            var now = Day(1, 0).AddHours(step * 15);
            await AppendAsync([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Reading($"{random.Next(3)}", now.AddHours(-random.Next(60)), random.Next(9)))]);
            _state.Clock.SetUtcNow(now);
            if (random.Next(2) == 0)
                failpoints.Arm(places[random.Next(places.Length)]);
            await RunAsync(lake, random.Next(3) == 0 ? $"2015-01-{random.Next(1, 9):00}" : null);
            if (random.Next(2) == 0)
                continue;
            for (var left = 3; left > 0 && (await RunAsync(lake)).State != RunState.Succeeded; left--)
            {
            }

            var ended = DateOnly.FromDateTime(now.UtcDateTime);
            var full = (await lake.ReadAsync<Reading>(Layer.Silver, "readings", Cancel))
                .Where(r => r.At >= Day(1, 0) && DateOnly.FromDateTime(r.At.UtcDateTime) < ended)
                .GroupBy(r => (Day: DateOnly.FromDateTime(r.At.UtcDateTime), r.Station)).Select(g => $"{g.Key.Day:O} {g.Key.Station} {g.Sum(r => r.Value)}");
            var made = (await DailyAsync(lake)).Where(l => string.CompareOrdinal(l, $"{ended:O}") < 0);
            Assert.Equal(full.Order(StringComparer.Ordinal), made);
        }
    }

    [Fact]
    public async Task What_does_not_keep_partitions_apart_does_not_bind()
    {
        foreach (var (describe, said) in new (Func<PipelineBuilder, PipelineEnd>, string)[]
        {
            (p => Read(p).GroupBy(r => r.Station).Aggregate(g => new { Station = g.Key, At = g.Max(r => r.At) }).ReplaceTable(Layer.Gold, "daily"), "not computed from one column"),
            (p => Read(p).Window(r => r.Station, r => r.At, (r, w) => new { r.Station, r.At, Before = w.Lag(r.Value, 1) }).ReplaceTable(Layer.Gold, "daily"), "brings rows together"),
            (p => Read(p).AppendTo(Layer.Gold, "daily"), "end the pipeline in ReplaceTable"),
            (p => Read(p).Select(r => new { r.Station }).ReplaceTable(Layer.Gold, "daily"), "PartitionedBy"),
            (p => p.ReadTable<Reading>(Layer.Silver, "readings").ReplaceTable(Layer.Gold, "daily").PartitionedBy(r => r.At), "nothing is read by partition"),
        })
        {
            await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", describe), new InMemoryState());
            await FeedAsync(lake.State, [new Reading("a", Day(1, 1), 1)]);
            var run = await RunAsync(lake);
            Assert.Equal(RunState.Failed, run.State);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_row_outside_of_its_partition_stops_the_run()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", p => Read(p)
            .Select(r => new { r.Station, At = r.At.AddDays(1) }).ReplaceTable(Layer.Gold, "daily")), _state);
        await AppendAsync(new Reading("a", Day(1, 1), 1));
        _state.Clock.SetUtcNow(Day(2, 0));
        var run = await RunAsync(lake);
        Assert.Contains("lies in 2015-01-02", run.Error, StringComparison.Ordinal);
        Assert.False(run.Published);
    }

    [Fact]
    public async Task A_million_hours_are_one_interval_until_some_are_done()
    {
        var first = Day(1, 0).AddHours(-1_000_000);
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", p => p
            .ReadTable<Reading>(Layer.Silver, "readings").Partitioned(r => r.At, Partitioning.Hourly(first)).ReplaceTable(Layer.Gold, "daily")), _state);
        await AppendAsync(new Reading("a", first.AddHours(5).AddMinutes(59), 1));
        var planned = Assert.Single((await PlanAsync(lake)).Partitions);
        Assert.Equal((1_000_000L, 1), (planned.Partitions.Count, planned.Partitions.Intervals.Count));
        await lake.Services.GetRequiredService<Backfill>().RunAsync(
            new BackfillRequest("daily") { From = "1900-12-03T13:00Z", To = "1900-12-03T15:00Z", PartitionsPerRun = 2 }, null, Cancel);
        planned = Assert.Single((await PlanAsync(lake)).Partitions);
        Assert.Equal((999_997L, 2), (planned.Partitions.Count, planned.Partitions.Intervals.Count));
        await RunAsync(lake);
        Assert.False((await PlanAsync(lake)).HasWork);
        Assert.Equal(1L, Assert.Single(await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Value);
    }

    [Theory]
    [InlineData("UTC", "2015-01-31T06:30:00+00:00", "2015-01-31T06:00Z")]
    [InlineData("Asia/Kolkata", "2015-01-31T06:31:00+00:00", "2015-01-31T06:30Z")]
    [InlineData("Asia/Kolkata", "2015-01-31T06:29:00+00:00", "2015-01-31T05:30Z")]
    public void Hours_begin_when_the_clocks_of_the_zone_strike(string zone, string start, string name)
    {
        var hours = Partitioning.Hourly(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(name, hours.NameOf(0));
        Assert.Equal(0, hours.NumberOf(name));
        Assert.Equal(5, hours.NumberOf(hours.NameOf(5)));
    }

    [Fact]
    public void Months_and_other_spans_have_names_too()
    {
        var months = Partitioning.Monthly(new(2015, 11, 5));
        Assert.Equal("2015-11..2016-01", months.NameOf(new Interval(months.First, months.First + 3)));
        Assert.Equal(months.First + 2, months.EndAt(new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var weeks = Partitioning.Every(TimeSpan.FromDays(7), new(2015, 1, 5, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("2015-01-12T00:00Z", weeks.NameOf(1));
        Assert.Throws<PlanException>(() => weeks.NumberOf("2015-01-13T00:00Z"));
        Assert.Equal(IntervalSet.Of([new Interval(0, 3), new Interval(5, 6)]), weeks.Parse("2015-01-05..2015-01-19,2015-02-09"));
    }

    private static Flow<Reading> Read(PipelineBuilder p) =>
        p.ReadTable<Reading>(Layer.Silver, "readings").Partitioned(r => r.At, Partitioning.Daily(new(2015, 1, 1)));

    private static DateTimeOffset Day(int day, int hour) => new(2015, 1, day, hour, 0, 0, TimeSpan.Zero);

    private static async Task<RunRecord> RunAsync(InMemoryLakehouse lake, string? partition = null, bool isFull = false) =>
        await lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("daily", Partition: partition) { IsFull = isFull }, null, Cancel);

    private static async Task<RunPlan> PlanAsync(InMemoryLakehouse lake) => await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("daily", Cancel);

    private static async Task<List<string>> DailyAsync(InMemoryLakehouse lake) => [.. (await lake.ReadAsync<Total>(Layer.Gold, "daily", Cancel))
        .Select(t => $"{t.Day:O} {t.Station} {t.Sum}").Order(StringComparer.Ordinal)];

    private InMemoryLakehouse Lake(Func<PipelineBuilder, Flow<Reading>>? read = null, IFailpoints? failpoints = null) => new(
        dex => dex.AddPipeline("daily", p => (read ?? Read)(p)
            .GroupBy(r => new { Day = DateOnly.FromDateTime(r.At.Date), r.Station })
            .Aggregate(g => new Total(g.Key.Day, g.Key.Station, g.Sum(r => r.Value)))
            .ReplaceTable(Layer.Gold, "daily").PartitionedBy(r => r.Day)), _state, failpoints);

    private Task AppendAsync(params Reading[] rows) => FeedAsync(_state, rows);

    private static int _commits;

    private static async Task FeedAsync(InMemoryState state, Reading[] rows)
    {
        // Each append is a pipeline of its own over the same table.
        var name = $"readings{Interlocked.Increment(ref _commits)}";
        await using var feed = new InMemoryLakehouse(dex => dex.AddPipeline(name, p => p.ReadRows(name, rows).AppendTo(Layer.Silver, "readings").Unkeyed("a test")), state);
        Assert.Equal(RunState.Succeeded, (await feed.RunAsync(name, Cancel)).State);
    }

    private sealed record Total(DateOnly Day, string Station, long Sum);
}
