using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>What the layers promise is demanded when pipelines are described.</summary>
public sealed class LayerTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 1), 2)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Bronze_only_grows_and_raw_keeps_what_was_received()
    {
        foreach (var (end, said) in new (Func<PipelineBuilder, PipelineEnd>, string)[]
        {
            (p => p.ReadRows("days", Days).ReplaceTable(Layer.Bronze, "days"), "bronze only grows"),
            (p => p.ReadRows("days", Days).UpsertInto(Layer.Bronze, "days", r => r.Station), "bronze only grows"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Raw, "days"), "IngestInto"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Quarantine, "days"), "by the engine alone"),
        })
        {
            using var services = new ServiceCollection().BuildCatalog(("days", end));
            var error = Assert.Throws<PlanException>(() => services.Catalog());
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
            Assert.Contains("'days'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bronze_tells_the_run_of_each_row()
    {
        var state = new InMemoryState();
        var first = await RunAsync(state, Days[..1]);
        var second = await RunAsync(state, Days[1..]);
        await using var lake = new InMemoryLakehouse(_ => { }, state);
        var rows = await lake.ReadAsync<Stamped>(Layer.Bronze, "days", Cancel);
        Assert.Equal([("a", first.Id), ("b", second.Id)], rows.Select(r => (r.Station, r.Run)).OrderBy(r => r.Station, StringComparer.Ordinal));
        Assert.Equal("0", first.Version);
    }

    [Fact]
    public void The_run_is_no_part_of_the_fingerprint()
    {
        using var one = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days").WithRunColumn()));
        using var other = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days").WithRunColumn()));
        using var without = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days")));
        Assert.Equal(one.Catalog().Pipelines[0].Fingerprint, other.Catalog().Pipelines[0].Fingerprint);
        Assert.NotEqual(one.Catalog().Pipelines[0].Fingerprint, without.Catalog().Pipelines[0].Fingerprint);
    }

    private static async Task<RunRecord> RunAsync(InMemoryState state, Bronze[] rows)
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("days", p => p.ReadRows("days", rows).AppendTo(Layer.Bronze, "days").WithRunColumn()), state);
        return await lake.RunAsync("days", Cancel);
    }

    private sealed record Stamped(string Station, [property: ColumnName("_run")] string Run);
}
