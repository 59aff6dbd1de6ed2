using DataEngineX.Pipelines.Tests.Running;
using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Shaping;

/// <summary>Row shapes in pipelines over real tables: which may stand above an incremental read, and what the run's account says.</summary>
public sealed class IncrementalTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 1), 2), new("a", new(2015, 1, 2), 3)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_on_rows_alone_run_above_an_incremental_read_and_balance()
    {
        await using var lake = await LakeAsync(days => days
            .SampleBy(1, r => r.Station)
            .MapRows("warm", "1", r => new { r.Station, Temp = (double?)r.Temp, Warm = r.Temp > 2 ? r.Temp : (double?)null })
            .Unpivot(r => new[] { r.Temp, r.Warm }, (r, name, value) => new { r.Station, Name = name, Value = value }, dropNulls: true)
            .Drop("station"));
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal((RunState.Succeeded, 3L, 3L, 4L, 2L), (run.State, run.Rows.Read, run.Rows.Generated, run.Rows.Written, run.Rows.Filtered));
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("sample")]
    [InlineData("sample_rows")]
    [InlineData("pivot")]
    [InlineData("map_batches")]
    public async Task What_looks_at_all_rows_does_not_bind_above_an_incremental_read(string step)
    {
        await using var lake = await LakeAsync(days => step switch
        {
            "skip" => days.Skip(1),
            "sample" => days.Sample(0.5),
            "sample_rows" => days.SampleRows(2),
            "pivot" => days.Pivot(r => r.Day, r => r.Station, ["a", "b"], g => g.Max(r => r.Temp)),
            _ => days.MapBatches("same", "1", RowShape.SchemaOf<Bronze>(), (batch, _) => batch),
        });
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains($"'silver', {(step == "pivot" ? "group_by" : step)}: above an incremental read", run.Error, StringComparison.Ordinal);
    }

    private static async Task<InMemoryLakehouse> LakeAsync(Func<Flow<Bronze>, Flow> shape)
    {
        var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("bronze", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days"))
            .AddPipeline("silver", p => shape(p.ReadTable<Bronze>(Layer.Bronze, "days").Incremental()).AppendTo(Layer.Silver, "days").Unkeyed("a test")));
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("bronze", Cancel)).State);
        return lake;
    }
}
