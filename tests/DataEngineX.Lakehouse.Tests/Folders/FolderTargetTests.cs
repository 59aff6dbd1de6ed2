using System.Globalization;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Folders;

/// <summary>Pipelines that end in a folder of files: what others find there, when, and after what.</summary>
public sealed class FolderTargetTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public sealed record Sale(string Shop, DateOnly Day, int Amount);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Out => _temp["out"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Partitions_are_folders_of_Hive_and_only_those_written_are_replaced()
    {
        var state = new InMemoryState();
        Sale[][] arrivals = [[new("a/b", new(2015, 1, 1), 1), new("c", new(2015, 1, 2), 2)], [new("c", new(2015, 1, 2), 7), new("c", new(2015, 1, 3), 8)]];
        foreach (var sales in arrivals)
        {
            await using var lake = Lake(sales, p => p.ReplacePartitions(FileFolder.Csv(Out), s => new { s.Day }), state);
            var run = await OkAsync(lake);
            Assert.Equal(sales.Length, run.Rows.Written);
            Assert.False((await lake.RunAsync("out", Cancel)).Published);
            Assert.StartsWith($"replace_partition file/{Out}\n", lake.Statistics[0].Explain, StringComparison.Ordinal);
            var evidence = await lake.Services.GetRequiredService<IMetadataStore>().GetEvidenceAsync(new DatasetId("file", Out), Cancel);
            Assert.Contains(evidence!.Lineage!.Columns, c => c.Name == "amount");
        }

        Assert.Equal(["day=2015-01-01", "day=2015-01-02", "day=2015-01-03"], Directory.GetDirectories(Out, "day=*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["shop,amount", "a/b,1"], Lines("day=2015-01-01"));
        Assert.Equal(["shop,amount", "c,7"], Lines("day=2015-01-02"));
    }

    [Theory]
    [InlineData(FailpointNames.DataFileOpen)]
    [InlineData(FailpointNames.DataFilesWritten)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.LogEntryWritten)]
    [InlineData(FailpointNames.TargetCommitted)]
    public async Task A_run_that_broke_off_anywhere_is_made_up_for_and_others_see_whole_files_only(string place)
    {
        var state = new InMemoryState();
        await using (var lake = Lake([new("a", new(2015, 1, 1), 1)], p => p.ReplaceFolder(FileFolder.Csv(Out)), state))
            await OkAsync(lake);
        var failpoints = new ThrowingFailpoints().Arm(place);
        Sale[] second = [new("b", new(2015, 1, 1), 2)];
        await using (var lake = Lake(second, p => p.ReplaceFolder(FileFolder.Csv(Out)), state, failpoints))
        {
            Assert.Equal(RunState.Failed, (await lake.RunAsync("out", Cancel)).State);
            Assert.Equal(1, failpoints.PassesOf(place));
            var isCommitted = place is FailpointNames.LogEntryWritten or FailpointNames.TargetCommitted;
            Assert.All(Directory.GetFiles(Out, "*.csv"), f => Assert.Equal(2, File.ReadAllLines(f).Length));
            Assert.Equal(["shop,day,amount", place == FailpointNames.TargetCommitted ? "b,2015-01-01,2" : "a,2015-01-01,1"], Lines(""));
            Assert.Equal(isCommitted ? 1 : 0, (await lake.RunAsync("out", Cancel)).Published ? 0 : 1);
        }

        Assert.Equal(["shop,day,amount", "b,2015-01-01,2"], Lines(""));
        Assert.Equal(FileFolder.Csv(Out).ListFiles(), Directory.GetFiles(Out, "*.csv"));
        Assert.DoesNotContain(Directory.GetDirectories(Path.Combine(Out, ".dataenginex")), d => Directory.EnumerateFiles(d).Any());
    }

    [Fact]
    public async Task Files_of_others_stay_and_an_empty_result_has_columns()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "README.txt"), "mine", Cancel);
        await using var lake = Lake([], p => p.Where(s => s.Amount > 5).ReplaceFolder(FileFolder.Csv(Out)), new InMemoryState());
        await OkAsync(lake);
        Assert.Equal(["shop,day,amount"], Lines(""));
        Assert.True(File.Exists(Path.Combine(Out, "README.txt")));
    }

    [Fact]
    public async Task More_partitions_than_files_may_be_open_lose_nothing()
    {
        Sale[] sales = [.. Enumerable.Range(0, 3000).Select(i => new Sale(string.Create(CultureInfo.InvariantCulture, $"s{i % 100}"), new(2015, 1, 1), i))];
        await using var lake = Lake(sales, p => p.AppendTo(FileFolder.Parquet(Out)).PartitionFilesBy("shop"), new InMemoryState());
        Assert.Equal(3000, (await OkAsync(lake)).Rows.Written);
        Assert.Equal(100, Directory.GetDirectories(Out, "shop=*").Length);
        var amounts = new List<int>();
        foreach (var folder in Directory.GetDirectories(Out, "shop=*"))
            amounts.AddRange((await lake.Reader.ToListAsync(Flow.From(new ParquetFileSource(Path.Combine(folder, "*.parquet"))).As<Amounts>(), Cancel)).Select(a => a.Amount));
        Assert.Equal(Enumerable.Range(0, 3000), amounts.Order());
    }

    public sealed record Amounts(int Amount);

    [Fact]
    public async Task Columns_and_partitions_that_differ_are_refused_or_added_as_is_said()
    {
        var state = new InMemoryState();
        var folder = FileFolder.Parquet(Out);
        await using (var lake = Lake([new("a", new(2015, 1, 1), 1)], p => p.AppendTo(folder), state))
            await OkAsync(lake);
        foreach (var (end, error) in new (Func<ScanFlow<Sale>, PipelineEnd>, string?)[]
        {
            (p => new Flow(p.Node).Derive(Col("amount").As("twice")).AppendTo(folder), "+ twice"),
            (p => new Flow(p.Node).Select(Col("shop"), Col("day"), Col("amount").Cast(Apache.Arrow.Types.StringType.Default).As("amount")).AppendTo(folder), "~ amount"),
            (p => p.AppendTo(folder).PartitionFilesBy("day"), "lie by ()"),
            (p => new Flow(p.Node).Derive(Col("amount").As("twice")).AppendTo(folder).Evolve(SchemaEvolution.AddColumns), null),
        })
        {
            await using var lake = Lake([new("b", new(2015, 1, 2), 2)], end, state);
            var run = await lake.RunAsync("out", Cancel);
            Assert.Equal(error is null ? RunState.Succeeded : RunState.Failed, run.State);
            Assert.Contains(error ?? "", run.Error ?? "", StringComparison.Ordinal);
        }

        Assert.Throws<PlanException>(() => new FolderTarget(folder, WriteDisposition.ReplacePartition, ["day"]).PartitionFilesBy("shop"));
        Assert.Throws<PlanException>(() => new FolderTarget(folder, WriteDisposition.ReplacePartition, ["day"]).Bind(RowShape.SchemaOf<Amounts>()));
    }

    [Fact]
    public async Task Writers_of_one_folder_wait_for_each_other()
    {
        var folder = FileFolder.JsonLines(Out);
        var lakes = Enumerable.Range(0, 6).Select(i => new InMemoryLakehouse(dex => dex.AddPipeline(
            string.Create(CultureInfo.InvariantCulture, $"p{i}"), p => p.ReadRows("sales", [new Sale("a", new(2015, 1, 1), i)]).AppendTo(folder)))).ToList();
        var runs = await Task.WhenAll(lakes.Index().Select(l => Task.Run(() => l.Item.RunAsync(string.Create(CultureInfo.InvariantCulture, $"p{l.Index}"), Cancel))));
        foreach (var lake in lakes)
            await lake.DisposeAsync();

        Assert.All(runs, r => Assert.True(r.State == RunState.Succeeded, r.Error));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], runs.Select(r => r.Version).Order(StringComparer.Ordinal));
        Assert.Equal(6, folder.ListFiles().Sum(f => File.ReadAllLines(f).Length));
    }

    private List<string> Lines(string folder) => [.. Directory.GetFiles(Path.Combine(Out, folder), "*.csv").SelectMany(File.ReadAllLines)];

    private static InMemoryLakehouse Lake(Sale[] sales, Func<ScanFlow<Sale>, PipelineEnd> end, InMemoryState state, IFailpoints? failpoints = null) =>
        new(dex => dex.AddPipeline("out", p => end(p.ReadRows("sales", sales))), state, failpoints);

    private static async Task<RunRecord> OkAsync(InMemoryLakehouse lake)
    {
        var run = await lake.RunAsync("out", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return run;
    }
}
