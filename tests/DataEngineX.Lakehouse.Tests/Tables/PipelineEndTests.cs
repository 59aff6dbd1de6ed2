using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Each end of a pipeline means its disposition, and a run that is made again changes nothing.</summary>
public class PipelineEndTests
{
    private static readonly DateTimeOffset Noon = new(2015, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Reading[] Known = [new(1, "a", 1, Noon), new(2, "a", 2, Noon), new(3, null, 3, Noon)];

    private static readonly Reading[] News = [new(2, "a", 20, Noon.AddHours(2)), new(4, null, 40, Noon.AddHours(2)), new(4, null, 41, Noon.AddHours(2))];

    public static TheoryData<string, string[]> Ends => new()
    {
        { "append", ["1|a|1", "2|a|2", "3|null|3", "2|a|20", "4|null|40", "4|null|41"] },
        { "replace where", ["1|a|1", "2|a|20", "4|null|40", "4|null|41"] },
        { "replace where typed", ["1|a|1", "2|a|20", "4|null|40", "4|null|41"] },
        { "replace partitions", ["2|a|20", "4|null|40", "4|null|41"] },
        { "replace partitions typed", ["2|a|20", "4|null|40", "4|null|41"] },
        { "delete-insert", ["1|a|1", "3|null|3", "2|a|20", "4|null|40", "4|null|41"] },
        { "delete-insert typed", ["1|a|1", "3|null|3", "2|a|20", "4|null|40", "4|null|41"] },
        { "insert only", ["1|a|1", "2|a|2", "3|null|3", "4|null|40"] },
        { "insert only typed", ["1|a|1", "2|a|2", "3|null|3", "4|null|40"] },
        { "upsert", ["1|a|1", "2|a|20", "3|null|3", "4|null|41"] },
        { "merge", ["1|a|1", "2|a|22", "3|null|3", "4|null|40", "4|null|41"] },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_end_means_its_disposition(string end, string[] expected)
    {
        var state = new InMemoryState();
        await using (var lake = new InMemoryLakehouse(dex => dex.AddPipeline("known", p => p.ReadRows("known", Known).AppendTo(Layer.Silver, "readings").Unkeyed("a test")), state))
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync("known")).State);

        await using var next = new InMemoryLakehouse(dex => dex.AddPipeline("news", p => End(p.ReadRows("news", News), end).Unkeyed("a test")), state);
        var run = await next.RunAsync("news");
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(expected, (await next.ReadAsync<Reading>(Layer.Silver, "readings")).Select(r => $"{r.Id}|{r.Part ?? "null"}|{r.Value}"));
        var again = await next.RunAsync("news");
        Assert.Equal((RunState.Succeeded, null), (again.State, again.Version));
        Assert.Equal(expected.Length, (await next.ReadAsync<Reading>(Layer.Silver, "readings")).Count);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_end_means_the_same_where_the_files_of_the_table_are_partitioned(string end, string[] expected)
    {
        var state = new InMemoryState();
        await using (var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("known", p => p.ReadRows("known", Known).AppendTo(Layer.Silver, "readings").Unkeyed("a test").PartitionFilesBy(r => new { r.Part })), state))
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync("known")).State);

        await using var next = new InMemoryLakehouse(dex => dex.AddPipeline("news", p => End(p.ReadRows("news", News), end).Unkeyed("a test").PartitionFilesBy("part")), state);
        var run = await next.RunAsync("news");
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(["part"], (await (await next.Tables.FindAsync(DatasetId.Table(Layer.Silver, "readings")))!.GetSnapshotAsync()).PartitionColumns);
        Assert.Equal(expected.Order(), (await next.ReadAsync<Reading>(Layer.Silver, "readings")).Select(r => $"{r.Id}|{r.Part ?? "null"}|{r.Value}").Order());
    }

    [Fact]
    public async Task Partitions_must_be_of_columns_that_are_there()
    {
        Assert.Throws<PlanException>(() => Flow.Table(Layer.Bronze, "x").AppendTo(Layer.Silver, "y").PartitionFilesBy([]));
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("news", p => p.ReadRows("news", News).AppendTo(Layer.Silver, "readings").Unkeyed("a test").PartitionFilesBy("nothing")));
        var run = await lake.RunAsync("news");

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("nothing", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_history_keeps_all_states(bool typed)
    {
        var state = new InMemoryState();
        foreach (var (index, rows) in new[] { Known, News[..2], [new(2, "a", 9, Noon.AddHours(1)), new(1, "a", 1, Noon.AddHours(5))] }.Index())
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline("states", p => typed
                    ? p.ReadRows("states", rows).HistoryInto(Layer.Silver, "history", r => r.Id, r => r.At)
                    : new Flow(p.ReadRows("states", rows).Node).HistoryInto(Layer.Silver, "history", ["id"], new HistoryColumns("at"))),
                state);
            var run = await lake.RunAsync("states");
            Assert.True(run.State == RunState.Succeeded, run.Error);
            if (index != 2)
                continue;
            var spans = await lake.ReadAsync<Span>(Layer.Silver, "history");
            Assert.Equal(
                ["1|1|0||True", "2|2|0|1|False", "2|9|1|2|False", "2|20|2||True", "3|3|0||True", "4|40|2||True"],
                spans.OrderBy(s => s.Id).ThenBy(s => s.At).Select(s => $"{s.Id}|{s.Value}|{(s.At - Noon).Hours}|{(s.ValidTo - Noon)?.Hours}|{s.IsCurrent}"));
        }
    }

    [Fact]
    public async Task A_history_without_times_takes_that_of_the_run()
    {
        var state = new InMemoryState();
        foreach (var value in new[] { 1, 1, 2 })
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline("states", p => new Flow(p.ReadRows($"state{state.Clock.GetUtcNow():s}", new[] { new State(7, value) }).Node).HistoryInto(Layer.Silver, "history", ["id"])),
                state);
            var run = await lake.RunAsync("states");
            Assert.True(run.State == RunState.Succeeded, run.Error);
            state.Clock.Advance(TimeSpan.FromDays(1));
        }

        await using var read = new InMemoryLakehouse(static _ => { }, state);
        var spans = await read.ReadAsync<StateSpan>(Layer.Silver, "history");
        Assert.Equal(["1|1|3|False", "2|3||True"], spans.Select(s => $"{s.Value}|{s.ValidFrom.Day}|{s.ValidTo?.Day}|{s.IsCurrent}"));
    }

    [Fact]
    public async Task The_plans_of_a_commit_are_explained_with_the_run()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("news", p => p.ReadRows("news", Known).UpsertInto(Layer.Silver, "readings", r => r.Id)));
        await lake.RunAsync("news");

        Assert.Contains("insert:", lake.Statistics[^1].Explain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_missing_is_refused_while_describing() =>
        Assert.Throws<PlanException>(() => Flow.Table(Layer.Bronze, "x").DeleteInsertInto(Layer.Silver, "y"));

    private static PipelineEnd End(Flow<Reading> flow, string end)
    {
        var untyped = new Flow(flow.Node);
        return end switch
        {
            "append" => flow.AppendTo(Layer.Silver, "readings"),
            "replace where" => untyped.ReplaceWhere(Layer.Silver, "readings", Col("id") >= 2L),
            "replace where typed" => flow.ReplaceWhere(Layer.Silver, "readings", r => r.Id >= 2),
            "replace partitions" => untyped.ReplacePartitions(Layer.Silver, "readings", "part"),
            "replace partitions typed" => flow.ReplacePartitions(Layer.Silver, "readings", r => r.Part),
            "delete-insert" => untyped.DeleteInsertInto(Layer.Silver, "readings", "id"),
            "delete-insert typed" => flow.DeleteInsertInto(Layer.Silver, "readings", r => r.Id),
            "insert only" => untyped.InsertOnlyInto(Layer.Silver, "readings", "id"),
            "insert only typed" => flow.InsertOnlyInto(Layer.Silver, "readings", r => r.Id),
            "upsert" => flow.UpsertInto(Layer.Silver, "readings", r => r.Id),
            _ => untyped.MergeInto(Layer.Silver, "readings", ["id"],
            [
                MergeClause.WhenMatchedUpdate(null, [(MergeClause.Source("value") + Col("value")).As("value")]),
                MergeClause.WhenNotMatchedInsert(),
            ]),
        };
    }

    public sealed record Reading(long Id, string? Part, int Value, DateTimeOffset At);

    public sealed record Span(long Id, int Value, DateTimeOffset At, DateTimeOffset? ValidTo, bool IsCurrent);

    public sealed record State(long Id, int Value);

    public sealed record StateSpan(long Id, int Value, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, bool IsCurrent);
}
