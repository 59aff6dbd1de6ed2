using DataEngineX.Lakehouse.Tests.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>A Delta table of any folder is a beginning of pipelines, at one line and without being registered anywhere.</summary>
public sealed class ReadDeltaTests
{
    private sealed record Row(long Id, string? Name);

    [Fact]
    public async Task A_folder_is_read_at_any_version_whole_and_incrementally()
    {
        await using var other = Writer(out var feed);
        feed([new(1, "a"), new(2, "b")]);
        Assert.Equal(RunState.Succeeded, (await other.Run("rows")).State);
        var table = Path.Combine(other.Lake, "bronze", "rows");
        await using var host = new LakeHost((_, dex) => dex
            .AddPipeline("new", p => p.ReadDelta<Row>(table).Incremental().AppendTo(Layer.Bronze, "new"))
            .AddPipeline("keyed", p => p.ReadDelta(table).Incremental(["id"]).ReplaceTable(Layer.Gold, "keyed"))
            .AddPipeline("all", p => p.ReadDelta<Row>(table).Where(r => r.Id > 1).ReplaceTable(Layer.Gold, "all"))
            .AddPipeline("first", p => p.ReadDelta(table, version: 0).ReplaceTable(Layer.Gold, "first"))
            .AddPipeline("future", p => p.ReadDelta(table, asOf: DateTimeOffset.UtcNow.AddDays(1)).ReplaceTable(Layer.Gold, "future")));
        Assert.Equal(2, (await host.Run("new")).Rows.Written);
        Assert.Equal(2, (await host.Run("keyed")).Rows.Written);
        feed([new(3, "c")]);
        Assert.Equal(RunState.Succeeded, (await other.Run("rows")).State);
        var run = await host.Run("new");
        Assert.Equal((1L, 1L), (run.Rows.Read, run.Rows.Written));
        foreach (var pipeline in new[] { "keyed", "all", "first", "future" })
        {
            var ended = await host.Run(pipeline);
            Assert.True(ended.State == RunState.Succeeded, ended.Error);
        }

        Assert.Equal(["1|a", "2|b", "3|c"], await host.Read(Layer.Bronze, "new", "id", "name"));
        Assert.Equal(["1|a", "2|b", "3|c"], (await host.Read(Layer.Gold, "keyed", "id", "name")).Order());
        Assert.Equal(["2|b", "3|c"], await host.Read(Layer.Gold, "all", "id", "name"));
        Assert.Equal(["1|a", "2|b"], await host.Read(Layer.Gold, "first", "id", "name"));
        Assert.Equal(3, (await host.Read(Layer.Gold, "future", "id", "name")).Count);
        Assert.False((await host.Run("new")).Published);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told()
    {
        await using var other = Writer(out var feed);
        feed([new(1, "a")]);
        await other.Run("rows");
        var table = Path.Combine(other.Lake, "bronze", "rows");
        await using var host = new LakeHost((_, dex) => dex
            .AddPipeline("missing", p => p.ReadDelta(Path.Combine(other.Lake, "none")).ReplaceTable(Layer.Gold, "missing"))
            .AddPipeline("version", p => p.ReadDelta(table, version: 7).ReplaceTable(Layer.Gold, "version"))
            .AddPipeline("columns", p => p.ReadDelta<Other>(table).ReplaceTable(Layer.Gold, "columns")));
        foreach (var (pipeline, said) in new[] { ("missing", "none"), ("version", "7"), ("columns", "missing_column") })
        {
            var run = await host.Run(pipeline);
            Assert.Equal(RunState.Failed, run.State);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }

        await using var both = new LakeHost((_, dex) => dex.AddPipeline("both", p => p.ReadDelta(table, 1, DateTimeOffset.UtcNow).ReplaceTable(Layer.Gold, "both")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await both.Run("both"));
    }

    private sealed record Other(long MissingColumn);

    /// <summary>A lakehouse of its own that appends what it is given.</summary>
    private static LakeHost Writer(out Action<Row[]> feed)
    {
        var (version, rows) = (0, System.Array.Empty<Row>());
        feed = next => (version, rows) = (version + 1, next);
        return new((_, dex) => dex.AddPipeline("rows", p => p
            .ReadStream<Row>("rows", _ => ValueTask.FromResult($"{version}"), _ => rows.ToAsyncEnumerable()).AppendTo(Layer.Bronze, "rows")));
    }
}
