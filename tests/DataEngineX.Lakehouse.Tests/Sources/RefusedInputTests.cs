using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Files that are refused whole: readers stay on the last whole table, and nothing a file holds is lost once it is mended.</summary>
public sealed class RefusedInputTests : IDisposable
{
    private const string Cut = "id,value\n1,1\n2,\"2\n";
    private static readonly Schema Columns = new([new Field("id", Int64Type.Default, false), new Field("value", Int64Type.Default, true)], null);

    private readonly TempFolder _folder = new();
    private readonly InMemoryState _state = new();
    private int _age = 3600;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Row(long Id, long? Value);

    private sealed record Aside(string? File, long? Line, string Rule, string? Row);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Cut)]
    [InlineData("")]
    [InlineData("id,value\n1,\0\n")]
    public async Task A_replaced_table_stays_as_it_was_until_all_files_can_be_read(string broken)
    {
        await using var lake = Lake(p => p.ReadCsv(At("*.csv"), Columns).Select("id", "value").ReplaceTable(Layer.Gold, "out"));
        Write("a.csv", "id,value\n1,1\n");
        Write("b.csv", "id,value\n2,2\n");
        await PublishesAsync(lake, 2);

        Write("b.csv", broken);
        for (var run = 0; run < 2; run++)
            await FailsAsync(lake, "b.csv", "Nothing is published: gold/out would lack their rows");
        await HasAsync(lake, Layer.Gold, 1, 2);

        Write("b.csv", "id,value\n3,3\n");
        await PublishesAsync(lake, 2);
        await HasAsync(lake, Layer.Gold, 1, 3);
    }

    /// <summary>As when a permission is lost, or another program holds the file.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_read_for_a_while_is_read_afterwards()
    {
        await using var replaced = Lake(p => p.ReadCsv(At("*.csv"), Columns).Select("id", "value").ReplaceTable(Layer.Gold, "out"));
        await using var appended = Lake(p => p.ReadCsv(At("*.csv"), Columns).Incremental().Select("id", "value").AppendTo(Layer.Bronze, "out"));
        await using var raw = Lake(p => p.ReadFolder(At(""), "*.csv").Incremental().IngestInto(Layer.Raw, "out"));
        Write("a.csv", "id,value\n1,1\n");
        await PublishesAsync(replaced, 1);
        Write("b.csv", "id,value\n2,2\n");
        using (new FileStream(At("b.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await FailsAsync(replaced, "b.csv", "Nothing is published");
            Assert.Equal((RunState.Failed, true, 1), await RunAsync(appended));
            Assert.Equal((RunState.Failed, true, 1), await RunAsync(raw));
            await FailsAsync(appended, "b.csv", "there was nothing else to read");
            await FailsAsync(raw, "b.csv", "there was nothing else to read");
            await HasAsync(replaced, Layer.Gold, 1);
        }

        foreach (var lake in (InMemoryLakehouse[])[appended, raw])
        {
            await PublishesAsync(lake, 1);
            Assert.Equal((RunState.Succeeded, false, 0), await RunAsync(lake));
        }

        await PublishesAsync(replaced, 2);
        await HasAsync(replaced, Layer.Gold, 1, 2);
        await HasAsync(appended, Layer.Bronze, 1, 2);
    }

    [Fact]
    public async Task A_file_of_a_folder_is_tried_again_while_the_others_go_on()
    {
        await using var lake = Lake(p => p.ReadCsv(At("*.csv"), Columns).Incremental().Select("id", "value").AppendTo(Layer.Bronze, "out"));
        Write("a.csv", "id,value\n1,1\n");
        Write("b.csv", Cut);
        Assert.Equal((RunState.Failed, true, 1), await RunAsync(lake));
        await FailsAsync(lake, "b.csv", "there was nothing else to read");
        Write("c.csv", "id,value\n5,5\n");
        Assert.Equal((RunState.Failed, true, 1), await RunAsync(lake));
        Write("b.csv", "id,value\n2,2\n");
        await PublishesAsync(lake, 1);
        Assert.Equal((RunState.Succeeded, false, 0), await RunAsync(lake));
        await HasAsync(lake, Layer.Bronze, 1, 2, 5);
    }

    [Fact]
    public async Task An_object_that_was_refused_is_replayed_after_a_repair_once()
    {
        await using (var lake = Objects(isRepaired: false))
        {
            Write("1.csv", "id\n1\n2\n");
            Write("2.csv", "id,value\n3,3\n4,x\n");
            await IngestAsync();
            Assert.Equal((RunState.Failed, true, 1), await RunAsync(lake));
            Assert.Equal([("1.csv", 0L, "file"), ("2.csv", 3L, "type:int64")], await AsideAsync(lake));
            Assert.Equal((RunState.Succeeded, false, 0), await RunAsync(lake));

            // Not repaired yet: it stays, once.
            Assert.Equal(RunState.Failed, (await ReplayAsync(lake)).State);
            Assert.Equal([("1.csv", 0L, "file"), ("2.csv", 3L, "type:int64")], await AsideAsync(lake));
        }

        await using var repaired = Objects(isRepaired: true);
        var run = await ReplayAsync(repaired);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((3L, 2L, 1L), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal([("2.csv", 3L, "type:int64")], await AsideAsync(repaired));
        await HasAsync(repaired, Layer.Bronze, 1, 2, 3);
        Assert.Equal(0, (await ReplayAsync(repaired)).Rows.Written);
        await HasAsync(repaired, Layer.Bronze, 1, 2, 3);
    }

    [Theory]
    [InlineData(FailpointNames.QuarantineCommitted)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.LogEntryWritten)]
    [InlineData(FailpointNames.TargetCommitted)]
    public async Task A_crash_neither_loses_nor_doubles_an_object(string place)
    {
        Write("1.csv", "id\n1\n2\n");
        await IngestAsync();
        await using (var cut = Objects(isRepaired: false, new ThrowingFailpoints().Arm(place)))
            await RunAsync(cut);
        await using (var lake = Objects(isRepaired: false))
            await RunAsync(lake);
        await using (var cut = Objects(isRepaired: true, new ThrowingFailpoints().Arm(place)))
            await ReplayAsync(cut);
        await using var repaired = Objects(isRepaired: true);
        await ReplayAsync(repaired);
        await HasAsync(repaired, Layer.Bronze, 1, 2);
        Assert.Empty(await AsideAsync(repaired));
    }

    [Theory]
    [InlineData("silver/secret.csv")]
    [InlineData("raw/in/objects/../../secret.csv")]
    [InlineData("raw/in/objects/none")]
    public async Task A_replay_reads_objects_of_its_raw_table_only(string key)
    {
        Write("1.csv", "id\n1\n");
        await IngestAsync();
        await _state.Objects.PutAsync("silver/secret.csv", "id,value\n9,9\n"u8.ToArray(), Cancel);
        await using var lake = Objects(isRepaired: true);
        await using (var strict = Objects(isRepaired: false))
            await RunAsync(strict);
        await (await lake.Tables.FindAsync(DatasetId.Table(Layer.Quarantine, "out"), Cancel))!.ApplyAsync(
            new UpdateRows(Col(QuarantineSchema.Line) == 0L, [Lit(key).As(QuarantineSchema.Row)]), cancellationToken: Cancel);

        var run = await ReplayAsync(lake);
        Assert.Contains($"raw/in has no object '{key}'", run.Error, StringComparison.Ordinal);
        Assert.Equal([("1.csv", 0L, "file")], await AsideAsync(lake));
        Assert.Empty(await lake.ReadAsync<Row>(Layer.Bronze, "out", Cancel));
    }

    /// <summary>A replay brings rows, and mends none that were published without what they are looked up in.</summary>
    [Fact]
    public async Task Nothing_is_published_without_an_object_that_rows_are_looked_up_in()
    {
        await using var lake = Lake(p => p.ReadRows("facts", new[] { new Row(1, 1) }).Select("id", "value")
            .Join(p.ReadCsvObjects<Row>(Layer.Raw, "in").Select(r => new { r.Id, Looked = r.Value }), ["id"], JoinKind.Left)
            .Select("id", Col("looked").As("value")).AppendTo(Layer.Bronze, "out"));
        Write("1.csv", Cut);
        await IngestAsync();
        await FailsAsync(lake, "1.csv", "Nothing is published: raw/in has one position");
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Quarantine, "out"), Cancel));
    }

    [Fact]
    public async Task A_flow_that_is_only_read_ends_at_a_file_that_is_refused()
    {
        await using var lake = Lake(p => p.ReadCsv(At("*.csv"), Columns).Select("id", "value").ReplaceTable(Layer.Gold, "out"));
        Write("a.csv", "id,value\n1,1\n");
        Write("b.csv", Cut);
        var e = await Assert.ThrowsAsync<SourceRefusedException>(async () =>
        {
            await foreach (var batch in lake.Reader.ReadAsync(Flow.From(new Lakehouse.Sources.CsvFileSource(At("*.csv"), Columns)), Cancel))
                batch.Dispose();
        });
        Assert.StartsWith("b.csv, line 3", e.Message, StringComparison.Ordinal);
    }

    private static async Task<(RunState State, bool Published, long Written)> RunAsync(InMemoryLakehouse lake)
    {
        var run = await lake.RunAsync("out", Cancel);
        return (run.State, run.Published, run.Rows.Written);
    }

    private static async Task PublishesAsync(InMemoryLakehouse lake, long rows)
    {
        var run = await lake.RunAsync("out", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((true, rows), (run.Published, run.Rows.Written));
    }

    private static async Task FailsAsync(InMemoryLakehouse lake, string file, string why)
    {
        var run = await lake.RunAsync("out", Cancel);
        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.StartsWith(file, run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Equal([file], run.Refused);
    }

    private static async Task HasAsync(InMemoryLakehouse lake, Layer layer, params long[] ids) =>
        Assert.Equal(ids, (await lake.ReadAsync<Row>(layer, "out", Cancel)).Select(r => r.Id).Order());

    private static async Task<List<(string, long, string)>> AsideAsync(InMemoryLakehouse lake) =>
        [.. (await lake.ReadAsync<Aside>(Layer.Quarantine, "out", Cancel)).Select(a => (a.File!, a.Line!.Value, a.Rule)).Order()];

    private static ValueTask<RunRecord> ReplayAsync(InMemoryLakehouse lake) =>
        lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("out") { IsReplay = true }, null, Cancel);

    private async Task IngestAsync()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("raw", p => p.ReadFolder(At(""), "*.csv").Incremental().IngestInto(Layer.Raw, "in")), _state);
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("raw", Cancel)).State);
    }

    private InMemoryLakehouse Objects(bool isRepaired, IFailpoints? failpoints = null) => Lake(
        p => p.ReadCsvObjects<Row>(Layer.Raw, "in", new CsvReadOptions { AllowMissingNullableColumns = isRepaired }).Incremental().Select(r => new { r.Id, r.Value }).AppendTo(Layer.Bronze, "out"),
        failpoints);

    private InMemoryLakehouse Lake(Func<PipelineBuilder, PipelineEnd> pipeline, IFailpoints? failpoints = null) => new(dex => dex.AddPipeline("out", pipeline), _state, failpoints);

    private string At(string name)
    {
        Directory.CreateDirectory(_folder["inbox"]);
        return Path.Combine(_folder["inbox"], name);
    }

    /// <summary>Each file that is written is another state than the one before, and old enough to be complete.</summary>
    private void Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        File.SetLastWriteTimeUtc(At(name), DateTime.UtcNow - TimeSpan.FromSeconds(_age -= 10));
    }
}
