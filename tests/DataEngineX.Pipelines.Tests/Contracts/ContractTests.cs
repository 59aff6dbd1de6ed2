using Apache.Arrow.Types;
using DataEngineX.Pipelines.Tests.Incremental;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Contracts;

/// <summary>Contracts: what differs is taken over, refused, or set aside, before anything is published.</summary>
public sealed class ContractTests
{
    private static readonly DatasetId Target = DatasetId.Table(Layer.Silver, "out");

    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record V1(long Id, string? Text, long? Number);

    private sealed record Evolved(int Id, long Small, string? New);

    private sealed record Quarantined(string Operator, string? Column, string? Value, string Reason, string? Row);

    [Fact]
    public async Task What_is_frozen_stops_the_run_and_the_difference_is_told()
    {
        await FirstAsync();
        var run = await RunAsync(
            p => Read(p).Select(Col("id").Cast(DoubleType.Default).As("id"), Col("text"), Col("more")), c => c.All(ContractMode.Freeze));
        Assert.Equal((RunState.Failed, 0L), (run.State, run.Rows.Read));
        var lines = run.Error!.Split('\n').Select(l => l.Trim()).ToList();
        Assert.Contains("the flow breaks the contract of silver/out", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("~ id: int64 -> ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("refused, freeze", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("- number: int64", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("+ more: ", lines[3], StringComparison.Ordinal);
        Assert.Equal(["id=1 number=1 text=a"], await RowsAsync());
    }

    [Fact]
    public async Task Values_that_do_not_fit_are_left_out()
    {
        await FirstAsync();
        var run = await RunAsync(p => Read(p).Select(Col("id"), Col("text"), Col("text").As("number"), Col("more")), c => c.All(ContractMode.DiscardValue));
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(["id=1 number=1 text=a", "id=2 number=7 text=7", "id=3 number=null text=x", "id=4 number=null text=null"], await RowsAsync());
    }

    [Fact]
    public async Task Rows_that_do_not_fit_are_set_aside()
    {
        await FirstAsync();
        var run = await RunAsync(p => Read(p).Select(Col("id"), Col("text"), Col("text").As("number"), Col("more")), c => c.All(ContractMode.DiscardRow));
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((3L, 1L, 2L), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(["id=1 number=1 text=a", "id=2 number=7 text=7"], await RowsAsync());
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        var aside = (await lake.ReadAsync<Quarantined>(Layer.Quarantine, "out", Cancel)).OrderBy(r => r.Row, StringComparer.Ordinal).ToList();
        Assert.Equal([("contract", "number", "x"), ("contract", "more", "9")], aside.Select(r => (r.Operator, r.Column!, r.Value!)));
        Assert.Equal("{\"id\":3,\"text\":\"x\",\"number\":\"x\",\"more\":null}", aside[0].Row);
        Assert.Contains("no such column", aside[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_may_have_a_mode_of_its_own()
    {
        await FirstAsync();
        Func<PipelineBuilder, Flow> read = p => Read(p).Select(Col("id"), Col("text"), Col("text").As("number"), Col("more"));
        var refused = await RunAsync(read, c => c.All(ContractMode.DiscardValue).Column("more", ContractMode.Freeze));
        Assert.Contains("+ more: ", refused.Error, StringComparison.Ordinal);
        var run = await RunAsync(read, c => c.All(ContractMode.Freeze).Column("more", ContractMode.DiscardValue).Column("number", ContractMode.DiscardRow));
        Assert.Equal((RunState.Succeeded, 1L), (run.State, run.Rows.Quarantined));
        Assert.Equal(3, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Narrower_types_fit_and_nullable_columns_may_be_missing_unless_frozen()
    {
        await FirstAsync();
        Func<PipelineBuilder, Flow> read = p => Read(p).Select(Col("id").Cast(Int32Type.Default).As("id"), Col("text"));
        Assert.Contains("- number: int64  refused, freeze", (await RunAsync(read, c => c.All(ContractMode.Freeze))).Error, StringComparison.Ordinal);
        Assert.Equal(RunState.Succeeded, (await RunAsync(read, c => c.All(ContractMode.Evolve))).State);
        Assert.Contains("id=2 number=null text=7", await RowsAsync());
        var without = await RunAsync(p => Read(p).Select("text"), c => c.All(ContractMode.DiscardValue));
        Assert.Contains("- id: int64, never null (breaking)", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_columns_and_wider_types_are_taken_over_where_they_may_evolve()
    {
        await FirstAsync();
        Func<PipelineBuilder, Flow> wider = p => p.ReadRows("wider", new[] { new { Id = 5L, Text = (string?)"w", Number = (long?)null, More = (long?)1, Extra = (string?)"e" } });
        var run = await RunAsync(wider, c => c.NewColumns(ContractMode.Evolve).Types(ContractMode.Freeze).Column("extra", ContractMode.DiscardValue));
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(["id=1 more=null number=1 text=a", "id=5 more=1 number=null text=w"], await RowsAsync());

        var frozen = await RunAsync(wider, c => c.NewColumns(ContractMode.Evolve).Column("extra", ContractMode.Freeze));
        Assert.Equal(RunState.Failed, frozen.State);
        Assert.Contains("+ extra: ", frozen.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("upsert")]
    [InlineData("merge")]
    [InlineData("history")]
    public async Task A_table_follows_its_contract_whatever_the_end(string end)
    {
        var narrow = await EndAsync(p => p.ReadRows("rows", new[] { new { Id = 1, Small = 7 } }), end, c => c.All(ContractMode.Freeze));
        Assert.True(narrow.State == RunState.Succeeded, narrow.Error);
        Func<PipelineBuilder, Flow> wide = p => p.ReadRows("more", new[] { new { Id = 2, Small = 8L, New = (string?)"n" } });
        var frozen = await EndAsync(wide, end, c => c.All(ContractMode.Freeze));
        Assert.Contains("~ small: int32 -> int64", frozen.Error, StringComparison.Ordinal);
        Assert.Contains("+ new: ", frozen.Error, StringComparison.Ordinal);

        var evolved = await EndAsync(wide, end, c => c.All(ContractMode.Evolve));
        Assert.True(evolved.State == RunState.Succeeded, evolved.Error);
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        var rows = await lake.ReadAsync<Evolved>(Layer.Silver, "out", Cancel);
        Assert.Equal([(1, 7L, null), (2, 8L, "n")], rows.OrderBy(r => r.Id).Select(r => (r.Id, r.Small, r.New)));

        // Who writes the older columns goes on.
        var again = await EndAsync(p => p.ReadRows("rest", new[] { new { Id = 3, Small = 9 } }), end, c => c.All(ContractMode.Evolve));
        Assert.True(again.State == RunState.Succeeded, again.Error);
        Assert.Equal(3, (await lake.ReadAsync<Evolved>(Layer.Silver, "out", Cancel)).Count);
    }

    [Fact]
    public async Task A_breaking_type_never_evolves()
    {
        await FirstAsync();
        var run = await RunAsync(p => Read(p).Select(Col("id"), Col("text"), Col("text").As("number")), c => c.All(ContractMode.Evolve));
        Assert.Contains("~ number: int64 -> ", run.Error, StringComparison.Ordinal);
        Assert.Contains("(breaking)  refused, evolve", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promised_columns_hold_from_the_first_commit_on()
    {
        var run = await RunAsync(p => Read(p).Select(Col("id"), Col("text").As("number"), Col("more")), c => c.All(ContractMode.DiscardValue).Promises<V1>());
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(["id=2 number=7 text=null", "id=3 number=null text=null", "id=4 number=null text=null"], await RowsAsync());
    }

    [Fact]
    public async Task A_contract_is_part_of_the_fingerprint()
    {
        Assert.Equal(await FingerprintAsync(c => c.All(ContractMode.Freeze)), await FingerprintAsync(c => c.NewColumns(ContractMode.Freeze).Types(ContractMode.Freeze)));
        Assert.NotEqual(await FingerprintAsync(c => c.All(ContractMode.Freeze)), await FingerprintAsync(c => c.All(ContractMode.DiscardRow)));
        Assert.NotEqual(await FingerprintAsync(c => c.All(ContractMode.Freeze)), await FingerprintAsync(c => c.All(ContractMode.Freeze).Column("id", ContractMode.Evolve)));
    }

    private static async Task<string> FingerprintAsync(Action<ContractBuilder> contract)
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => Read(p).AppendTo(Layer.Silver, "out").Unkeyed("a test").Contract(contract)));
        return lake.Services.GetRequiredService<IPipelineCatalog>().Pipelines[0].Fingerprint;
    }

    private static Flow Read(PipelineBuilder p) => p.ReadRows("rows", new[]
    {
        new { Id = 2L, Text = (string?)"7", More = (long?)null },
        new { Id = 3L, Text = (string?)"x", More = (long?)null },
        new { Id = 4L, Text = (string?)null, More = (long?)9 },
    });

    private async Task FirstAsync()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("first", p => p.ReadRows("first", new[] { new V1(1, "a", 1) }).AppendTo(Layer.Silver, "out").Unkeyed("a test")), _state);
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("first", Cancel)).State);
    }

    private async Task<RunRecord> RunAsync(Func<PipelineBuilder, Flow> read, Action<ContractBuilder> contract)
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => read(p).AppendTo(Layer.Silver, "out").Unkeyed("a test").Contract(contract)), _state);
        return await lake.RunAsync("out", Cancel);
    }

    private async Task<RunRecord> EndAsync(Func<PipelineBuilder, Flow> read, string end, Action<ContractBuilder> contract)
    {
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("out", p => (end switch
            {
                "append" => read(p).AppendTo(Layer.Silver, "out"),
                "upsert" => read(p).UpsertInto(Layer.Silver, "out", "id"),
                "merge" => read(p).MergeInto(Layer.Silver, "out", ["id"], [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]),
                _ => read(p).HistoryInto(Layer.Silver, "out", ["id"]),
            }).Unkeyed("a test").Contract(contract)), _state);
        return await lake.RunAsync("out", Cancel);
    }

    private async Task<List<string>> RowsAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await Content.OfAsync(lake, Target);
    }
}
