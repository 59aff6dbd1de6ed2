using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

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
    }

    [Fact]
    public async Task Where_nothing_can_be_replayed_it_is_said()
    {
        await FeedAsync(1, Row(1, 20));
        await using var replaced = new InMemoryLakehouse(dex => dex.AddPipeline("silver", p => p.ReadTable<Reading>(Layer.Bronze, "in")
            .Check(q => q.NotNull(r => r.Station).OnFailure(Gate.Quarantine)).ReplaceTable(Layer.Silver, "out")), _state);
        Assert.Contains("--full", (await ExecuteAsync(replaced, isReplay: true)).Error, StringComparison.Ordinal);
        await using var unchecked_ = new InMemoryLakehouse(dex => dex.AddPipeline("silver", p => p.ReadTable<Reading>(Layer.Bronze, "in").Incremental()
            .AppendTo(Layer.Silver, "out")), _state);
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
                .Check(q => (double.IsNaN(limit) ? q.NotNull(r => r.Id) : q.AtMost(r => r.Temp, limit)).OnFailure(Gate.Quarantine)).AppendTo(Layer.Silver, "out")),
            _state, failpoints);
        return await ExecuteAsync(lake, isReplay);
    }

    private static async Task<RunRecord> ExecuteAsync(InMemoryLakehouse lake, bool isReplay) =>
        await lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("silver") { IsReplay = isReplay }, null, Cancel);

    private async Task<IReadOnlyList<Reading>> SilverAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await lake.ReadAsync<Reading>(Layer.Silver, "out", Cancel);
    }
}
