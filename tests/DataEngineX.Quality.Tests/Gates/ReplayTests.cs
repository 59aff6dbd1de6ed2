using DataEngineX.Pipelines;
using DataEngineX.Quality.Tests.Support;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Gates;

/// <summary>Rows set aside run again after a repair: each once, whatever crashes between.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Places =
    [
        FailpointNames.RunStarted, FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.QuarantineCommitted,
        FailpointNames.BeforeTargetCommit, FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted,
    ];

    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Flat(long Id, byte[]? Bytes, int? X, string? Name, long? Tags, string? Last, bool? Took);

    private sealed record Aside(string Operator, string? Row);

    private sealed record Narrow(long Id, double? Temp, decimal Money, DateOnly Day, DateTimeOffset At, bool Ok, float Small);

    private sealed record Reading(long Id, string? Station, double? Temp, decimal Money, DateOnly Day, DateTimeOffset At, bool Ok, float Small);

    [Fact]
    public async Task After_a_repair_each_row_comes_once_with_all_its_values()
    {
        await FeedAsync(1, Row(1, 20), Row(2, 70), Row(3, double.NaN), Row(4, 99) with { Station = "é\"\\\n", Money = -12.345m });
        Assert.Equal((4L, 1L, 3L), await RunAsync(60));
        Assert.Equal((3L, 1L, 2L), await ReplayAsync(80));
        Assert.Equal((2L, 2L, 0L), await ReplayAsync(double.NaN));
        Assert.Equal((0L, 0L, 0L), await ReplayAsync(double.NaN));
        var rows = (await SilverAsync()).OrderBy(r => r.Id).ToList();
        Assert.Equal([Row(1, 20), Row(2, 70), Row(4, 99) with { Station = "é\"\\\n", Money = -12.345m }], rows.Where(r => r.Id != 3));
        Assert.True(double.IsNaN(rows[2].Temp!.Value));
    }

    [Fact]
    public async Task Runs_between_replays_neither_lose_nor_repeat_what_was_replayed()
    {
        await FeedAsync(1, Row(1, 70));
        await RunAsync(60);
        await ReplayAsync(80);
        await FeedAsync(2, Row(2, 20), Row(3, 75));
        Assert.Equal((2L, 1L, 1L), await RunAsync(60));
        Assert.Equal((1L, 1L, 0L), await ReplayAsync(80));
        Assert.Equal((0L, 0L, 0L), await ReplayAsync(80));
        await FeedAsync(3, Row(4, 21));
        Assert.Equal((1L, 1L, 0L), await RunAsync(80));
        Assert.Equal([1L, 2L, 3L, 4L], (await SilverAsync()).Select(r => r.Id).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Crashes_anywhere_leave_each_row_once(int seed)
    {
        var random = new Random(seed);
        var next = 0;
        for (var step = 0; step < 12; step++)
        {
            await FeedAsync(step, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Row(++next, random.Next(100)))]);
            var limit = random.Next(30, 90);
            var isReplay = random.Next(2) == 0;
            if (random.Next(3) > 0)
                await ExecuteAsync(limit, isReplay, new ThrowingFailpoints().Arm(Places[random.Next(Places.Length)]));
            if (random.Next(4) > 0)
                await ExecuteAsync(limit, isReplay, null);
        }

        await ExecuteAsync(50, isReplay: false, null);
        Assert.Equal(RunState.Succeeded, (await ExecuteAsync(1000, isReplay: true, null)).State);
        Assert.Equal(Enumerable.Range(1, next).Select(i => (long)i), (await SilverAsync()).Select(r => r.Id).Order());
        Assert.Empty(await AsideAsync());
    }

    [Fact]
    public async Task What_fails_again_stays_in_the_quarantine_once_and_what_passes_leaves_it()
    {
        await FeedAsync(1, Row(1, 20), Row(2, 70), Row(3, 75), Row(4, 99));
        Assert.Equal((4L, 1L, 3L), await RunAsync(60));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((3L, 0L, 3L), await ReplayAsync(60));
            Assert.Equal(3, (await AsideAsync()).Count);
        }

        await ExecuteAsync(80, isReplay: true, new ThrowingFailpoints().Arm(FailpointNames.QuarantineCommitted));
        Assert.Equal(3, (await AsideAsync()).Count);

        // What the replay that failed left is taken back by the run of other code, whatever it had taken out.
        await FeedAsync(2, Row(5, 88));
        Assert.Equal((1L, 0L, 1L), await RunAsync(70));
        Assert.Equal(4, (await AsideAsync()).Count);
        Assert.Equal((4L, 2L, 2L), await ReplayAsync(80));
        Assert.Equal(2, (await AsideAsync()).Count);
        Assert.Equal((2L, 2L, 0L), await ReplayAsync(100));
        Assert.Empty(await AsideAsync());
        Assert.Equal([1L, 2L, 3L, 4L, 5L], (await SilverAsync()).Select(r => r.Id).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_that_a_contract_has_set_aside_are_replayed_once_it_lets_them_through(bool withGate)
    {
        await FeedAsync(1, Row(1, 20), Row(2, 70), Row(3, 20) with { Station = null });
        async Task<RunRecord> Contracted(double limit, ContractMode mode, bool isReplay)
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline("silver", p =>
                {
                    var rows = p.ReadTable<Reading>(Layer.Bronze, "in").Incremental();
                    return (withGate ? rows.Check(q => q.AtMost(r => r.Temp, limit).OnFailure(Gate.Quarantine)) : rows.Where(r => r.Temp <= limit)).AppendTo(Layer.Silver, "out").Unkeyed("a test")
                        .Contract(c => c.NewColumns(mode).Promises<Narrow>());
                }),
                _state);
            return await ExecuteAsync(lake, isReplay);
        }

        Assert.Equal((3L, 1L, withGate ? 2L : 1L), Rows(await Contracted(60, ContractMode.DiscardRow, isReplay: false)));
        Assert.Equal(withGate ? (2L, 0L, 2L) : (1L, 0L, 1L), Rows(await Contracted(60, ContractMode.DiscardRow, isReplay: true)));
        Assert.Equal(withGate ? (2L, 2L, 0L) : (1L, 1L, 0L), Rows(await Contracted(80, ContractMode.DiscardValue, isReplay: true)));
        Assert.Empty(await AsideAsync());
        await using var read = new InMemoryLakehouse(_ => { }, _state);
        Assert.Equal(withGate ? [1L, 2L, 3L] : [1L, 3L], (await read.ReadAsync<Narrow>(Layer.Silver, "out", Cancel)).Select(r => r.Id).Order());
    }

    [Theory]
    [InlineData("newest by")]
    [InlineData("fresh within")]
    [InlineData("")]
    public async Task A_replayed_row_that_is_older_than_the_one_of_its_key_changes_nothing(string order)
    {
        var start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await FeedAsync(1, Row(1, 70) with { At = start }, Row(2, 71) with { At = start.AddHours(5) });
        await RunAsync(60);
        await FeedAsync(2, Row(1, 10) with { At = start.AddHours(1) }, Row(2, 11) with { At = start.AddHours(1) });
        await RunAsync(60);
        await RunAsync(100, isReplay: true);

        var rows = (await SilverAsync()).OrderBy(r => r.Id).Select(r => r.Temp);
        Assert.Equal(order.Length == 0 ? [70, 71] : [10, 71], rows);

        async Task RunAsync(double limit, bool isReplay = false)
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline("silver", p =>
                {
                    var end = p.ReadTable<Reading>(Layer.Bronze, "in").Incremental().Check(q => q.AtMost(r => r.Temp, limit).OnFailure(Gate.Quarantine)).UpsertInto(Layer.Silver, "out", r => r.Id);
                    return order switch
                    {
                        "newest by" => end.NewestBy(r => r.At),
                        "fresh within" => end.FreshWithin(r => r.At, TimeSpan.FromDays(1)),
                        _ => end,
                    };
                }),
                _state);
            var run = await ExecuteAsync(lake, isReplay);
            Assert.True(run.State == RunState.Succeeded, run.Error);
        }
    }

    [Fact]
    public async Task Nested_columns_bytes_and_durations_come_back_as_they_were()
    {
        async Task<RunRecord> Nested(long limit, bool isReplay)
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline("silver", _ => Flow.From(new NestedRows())
                    .Check(q => q.AtMost("id", limit).OnFailure(Gate.Quarantine))
                    .Select(
                        Col("id"), Col("bytes"), Col("place").Field("x").As("x"), Col("place").Field("name").As("name"),
                        Col("tags").ListLength().As("tags"), Col("tags").ElementAt(2).As("last"), (Col("took") > TimeSpan.Zero).As("took"))
                    .AppendTo(Layer.Silver, "out").Unkeyed("a test")),
                _state);
            return await ExecuteAsync(lake, isReplay);
        }

        Assert.Equal((3L, 0L, 3L), Rows(await Nested(0, isReplay: false)));
        Assert.Equal((3L, 3L, 0L), Rows(await Nested(9, isReplay: true)));
        await using var read = new InMemoryLakehouse(_ => { }, _state);
        var rows = (await read.ReadAsync<Flat>(Layer.Silver, "out", Cancel)).OrderBy(r => r.Id).ToList();
        Assert.Equal(
            [(1, "00FF07", 7, "é", 3, "two", false), (2, "", null, "b", 0, null, true), (3, null, null, null, null, null, null)],
            rows.Select(r => (r.Id, r.Bytes is null ? null : Convert.ToHexString(r.Bytes), r.X, r.Name, r.Tags, r.Last, r.Took)));
    }

    [Fact]
    public async Task Where_nothing_can_be_replayed_it_is_said()
    {
        await FeedAsync(1, Row(1, 20));
        await using var replaced = new InMemoryLakehouse(dex => dex.AddPipeline("silver", p => p.ReadTable<Reading>(Layer.Bronze, "in")
            .Check(q => q.NotNull(r => r.Station).OnFailure(Gate.Quarantine)).ReplaceTable(Layer.Silver, "out").Unkeyed("a test")), _state);
        Assert.Contains("--full", (await ExecuteAsync(replaced, isReplay: true)).Error, StringComparison.Ordinal);
        await using var unchecked_ = new InMemoryLakehouse(dex => dex.AddPipeline("silver", p => p.ReadTable<Reading>(Layer.Bronze, "in").Incremental()
            .AppendTo(Layer.Silver, "out").Unkeyed("a test")), _state);
        Assert.Contains("no gate", (await ExecuteAsync(unchecked_, isReplay: true)).Error, StringComparison.Ordinal);
    }

    private static Reading Row(long id, double temp) => new(
        id, "a", temp, 1.5m, new DateOnly(2015, 1, 2), new DateTimeOffset(2015, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), id % 2 == 0, 0.1f);

    private async Task FeedAsync(int number, params Reading[] rows)
    {
        var name = $"feed{number}";
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline(name, p => p.ReadRows(name, rows).AppendTo(Layer.Bronze, "in")), _state);
        await lake.RunAsync(name, Cancel);
    }

    private async Task<(long Read, long Written, long SetAside)> RunAsync(double limit) => Rows(await ExecuteAsync(limit, isReplay: false, null));

    private async Task<(long Read, long Written, long SetAside)> ReplayAsync(double limit) => Rows(await ExecuteAsync(limit, isReplay: true, null));

    private static (long Read, long Written, long SetAside) Rows(RunRecord run)
    {
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined);
    }

    private async Task<RunRecord> ExecuteAsync(double limit, bool isReplay, IFailpoints? failpoints)
    {
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("silver", p => p.ReadTable<Reading>(Layer.Bronze, "in").Incremental()
                .Check(q => (double.IsNaN(limit) ? q.NotNull(r => r.Id) : q.AtMost(r => r.Temp, limit)).OnFailure(Gate.Quarantine)).AppendTo(Layer.Silver, "out").Unkeyed("a test")),
            _state, failpoints);
        return await ExecuteAsync(lake, isReplay);
    }

    private static async Task<RunRecord> ExecuteAsync(InMemoryLakehouse lake, bool isReplay) =>
        await lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("silver") { IsReplay = isReplay }, null, Cancel);

    private async Task<IReadOnlyList<Aside>> AsideAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await lake.Tables.FindAsync(DatasetId.Table(Layer.Quarantine, "silver"), Cancel) is null ? [] : await lake.ReadAsync<Aside>(Layer.Quarantine, "silver", Cancel);
    }

    private async Task<IReadOnlyList<Reading>> SilverAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await lake.ReadAsync<Reading>(Layer.Silver, "out", Cancel);
    }
}
