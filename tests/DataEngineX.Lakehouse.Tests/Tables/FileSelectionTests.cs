using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>EXPLAIN tells which files are read before any is.</summary>
public class FileSelectionTests
{
    [Fact]
    public async Task A_table_tells_how_many_files_a_condition_leaves_without_opening_them()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store);
        for (var i = 1; i <= 5; i++)
            await lake.AppendAsync(lake.Record(i), (i * 10, "a", 1), ((i * 10) + 5, "b", 2));
        var table = await lake.TableAsync();
        store.Opened.Clear();

        var bytes = (await table.GetSnapshotAsync()).Bytes;
        var whole = await table.SelectFilesAsync(new TableScan());
        Assert.Equal(new FileSelection(5, 5, 10) { Bytes = bytes, IsExact = true }, whole);
        Assert.Equal(new FileSelection(5, 2, 4) { IsExact = true }, await SelectAsync(new TableScan { Predicate = Col("id") > 35 }));
        Assert.Equal(new FileSelection(5, 2, 4), await SelectAsync(new TableScan { Predicate = Col("id") > 42 }));
        Assert.Equal(new FileSelection(5, 5, 10) { IsExact = true }, await SelectAsync(new TableScan { Predicate = Col("id").IsNotNull() & (Col("name") >= "a") }));
        Assert.Equal(new FileSelection(5, 5, 10), await SelectAsync(new TableScan { Predicate = Col("amount") >= 1.0 }));
        Assert.Equal(new FileSelection(2, 1, 2) { IsExact = true }, await SelectAsync(new TableScan { Version = 3, Since = 1, Predicate = Col("id") > 35 }));
        Assert.Equal(new FileSelection(5, 0, 0) { IsExact = true }, await SelectAsync(new TableScan { Predicate = Col("id") > 99 }));

        async Task<FileSelection> SelectAsync(TableScan scan) => (await table.SelectFilesAsync(scan))! with { Bytes = null };

        Assert.DoesNotContain(store.Opened, k => k.EndsWith(".parquet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_of_a_flow_and_of_a_pipeline_say_it()
    {
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("late", p => p.ReadTable<Reading>(Layer.Silver, "readings").Where(r => r.Id > 35).ReplaceTable(Layer.Gold, "late")));
        using var source = new Lake(lake.State.Objects);
        for (var i = 1; i <= 5; i++)
            await source.AppendAsync(source.Record(i), (i * 10, "a", 1), ((i * 10) + 5, "b", 2));
        var flow = await lake.Reader.ExplainAsync(Flow.Table(Layer.Silver, "readings").Where(Col("id") > 35));
        var plan = await ((IPipelineRunner)lake.Services.GetService(typeof(IPipelineRunner))!).PlanAsync("late");

        Assert.Contains("; reads 2 of 5 files with 4 rows]", flow, StringComparison.Ordinal);
        Assert.Contains("; reads 2 of 5 files with 4 rows]", plan.Explain, StringComparison.Ordinal);
        Assert.DoesNotContain("files", await lake.Reader.ExplainAsync(Flow.Table(Layer.Silver, "readings")), StringComparison.Ordinal);
    }

    private sealed record Reading(long Id, string? Name, double? Amount);
}
