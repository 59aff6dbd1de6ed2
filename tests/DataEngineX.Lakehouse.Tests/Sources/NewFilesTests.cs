using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Tests.Parquet;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>A folder read for its new files: each once, whatever happens to it while it is written, afterwards, and between two runs.</summary>
public sealed class NewFilesTests : IDisposable
{
    private static readonly Schema Columns = new([new Field("id", Int64Type.Default, false), new Field("value", Int64Type.Default, true)], null);

    private readonly TempFolder _folder = new();
    private readonly InMemoryState _state = new();
    private readonly ThrowingFailpoints _failpoints = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Row(long Id, long? Value);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task Each_file_is_read_once(string kind)
    {
        await using var lake = Lake(kind);
        Receive(kind, "b", 1, 2);
        Receive(kind, "a", 3);
        Assert.Equal((RunState.Succeeded, 3, null), await RunAsync(lake));
        Assert.Equal((RunState.Succeeded, 0, null), await RunAsync(lake));
        Receive(kind, "0", 4);
        Receive(kind, "c", 5, 6);
        Assert.Equal((RunState.Succeeded, 3, null), await RunAsync(lake));
        await HasAsync(lake, 1, 2, 3, 4, 5, 6);
    }

    /// <summary>What writes beside the folder and moves in, what writes to it slowly, and what writes under the name that counts.</summary>
    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task A_file_still_being_written_waits_for_the_next_run(string kind)
    {
        await using var lake = Lake(kind, "*");
        Receive(kind, "done", 1);
        Receive(kind, "begun", [2], Now);
        File.Move(Receive(kind, "moves", 3), At($"moves.{kind}.part"));
        File.Move(Receive(kind, "hidden", 4), At($".hidden.{kind}"));
        File.Move(Receive(kind, "beside", 5), At("beside.TMP"));
        Assert.Equal((RunState.Succeeded, 1, null), await RunAsync(lake));

        // The first write was half of it: nothing of that was taken.
        Receive(kind, "begun", 2, 6);
        File.Move(At($"moves.{kind}.part"), At($"moves.{kind}"));
        Assert.Equal((RunState.Succeeded, 3, null), await RunAsync(lake));
        await HasAsync(lake, 1, 2, 3, 6);
    }

    [Fact]
    public async Task One_that_changes_after_it_was_read_is_refused_by_name_as_long_as_it_stands_there()
    {
        await using var lake = Lake("csv");
        Receive("csv", "a", 1, 2);
        Receive("csv", "b", 3);
        await RunAsync(lake);
        Receive("csv", "a", 1, 2, 4);
        Receive("csv", "c", 5);
        var (state, written, error) = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 1), (state, written));
        Assert.Contains("a.csv", error, StringComparison.Ordinal);
        Assert.Contains("give the new content a name of its own", error, StringComparison.Ordinal);
        (state, written, error) = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 0), (state, written));
        Assert.Contains("a.csv", error, StringComparison.Ordinal);
        await HasAsync(lake, 1, 2, 3, 5);
        Receive("csv", "d", 4);
        File.Delete(At("a.csv"));
        Assert.Equal((RunState.Succeeded, 1, null), await RunAsync(lake));
        Assert.Equal((RunState.Succeeded, 0, null), await RunAsync(lake));
    }

    [Fact]
    public async Task One_that_changes_is_read_again_where_an_upsert_puts_it_right()
    {
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("rows", p => p.ReadCsv<Row>(At("*.csv")).Incremental().UpsertInto(Layer.Silver, "out", r => r.Id)), _state, _failpoints);
        Receive("csv", "a", 1, 2);
        Assert.Equal((RunState.Succeeded, 2, null), await RunAsync(lake));
        Receive("csv", "a", [(1, 10), (2, 2), (3, 3)]);
        Receive("csv", "b", 4);
        Assert.Equal(RunState.Succeeded, (await RunAsync(lake)).State);
        Assert.Equal([(1, 10), (2, 2), (3, 3), (4, 4)], (await lake.ReadAsync<Row>(Layer.Silver, "out", Cancel)).Select(r => (r.Id, (long)r.Value!)).Order());
    }

    [Fact]
    public async Task Files_that_go_take_nothing_with_them_and_bring_nothing_back()
    {
        await using var lake = Lake("csv");
        Receive("csv", "a", 1);
        Receive("csv", "b", 2);
        await RunAsync(lake);
        File.Delete(At("a.csv"));
        Assert.Equal((RunState.Succeeded, 0, null), await RunAsync(lake));
        Receive("csv", "c", 3);
        Assert.Equal((RunState.Succeeded, 1, null), await RunAsync(lake));
        File.Delete(At("b.csv"));
        File.Delete(At("c.csv"));
        Assert.Equal((RunState.Succeeded, 0, null), await RunAsync(lake));
        await HasAsync(lake, 1, 2, 3);
    }

    [Fact]
    public async Task Any_name_will_do()
    {
        await using var lake = Lake("csv");
        string[] names = ["with blanks and #", "météo", "天気 – 東京", "a%20b", "😀", "-", "a;b'c"];
        foreach (var (i, name) in names.Index())
            Receive("csv", name, i);
        Assert.Equal((RunState.Succeeded, names.Length, null), await RunAsync(lake));
        Assert.Equal((RunState.Succeeded, 0, null), await RunAsync(lake));
    }

    [Fact]
    public async Task Empty_files_are_refused_until_something_is_in_them_and_links_are_not_followed()
    {
        await using var lake = Lake("csv");
        Receive("csv", "good", 1);
        File.Move(Receive("csv", "secret", 2), _folder["secret"]);
        Write("empty.csv", [], Old);
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(At("link.csv"), _folder["secret"]);
        var (state, written, error) = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 1), (state, written));
        Assert.Contains("empty.csv", error, StringComparison.Ordinal);
        Assert.Equal(RunState.Failed, (await RunAsync(lake)).State);
        Receive("csv", "empty", 3);
        Assert.Equal((RunState.Succeeded, 1, null), await RunAsync(lake));
        await HasAsync(lake, 1, 3);
    }

    /// <summary>The cursor is in the commit of the rows, so that a fault anywhere neither doubles nor loses a file.</summary>
    [Theory]
    [InlineData(FailpointNames.DataFilesWritten)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.LogEntryWritten)]
    [InlineData(FailpointNames.TargetCommitted)]
    public async Task A_fault_between_rows_and_cursor_neither_doubles_nor_loses(string place)
    {
        await using var lake = Lake("csv");
        Receive("csv", "a", 1);
        await RunAsync(lake);
        Receive("csv", "b", 2);
        _failpoints.Arm(place);
        await RunAsync(lake);
        Receive("csv", "c", 3);
        await RunAsync(lake);
        await HasAsync(lake, 1, 2, 3);
    }

    [Fact]
    public async Task To_append_what_is_read_in_full_is_refused_with_what_to_write()
    {
        var kinds = new Dictionary<string, Func<PipelineBuilder, Flow>>
        {
            ["csv"] = p => p.ReadCsv(At("*.csv"), Columns),
            ["json"] = p => p.ReadJsonLines(At("*.jsonl"), Columns),
            ["sorted"] = p => p.ReadCsv(At("*.csv"), Columns).Where(Col("id") > 0L).OrderBy(new Plans.OrderKey("id")),
            ["union"] = p => p.ReadCsv(At("*.csv"), Columns).Incremental().Union(p.ReadCsv(At("other*.csv"), Columns)),
        };
        await using var lake = new InMemoryLakehouse(
            dex =>
            {
                foreach (var (name, read) in kinds)
                    dex.AddPipeline(name, p => read(p).AppendTo(Layer.Bronze, name));
                dex.AddPipeline("sums", p => p.ReadCsv(At("*.csv"), Columns).GroupBy(Col("id").As("id")).Aggregate(Aggregate.Sum(Col("value")).As("sum")).AppendTo(Layer.Bronze, "sums"));
            },
            _state);
        Receive("csv", "a", 1);
        foreach (var name in kinds.Keys)
        {
            var run = await lake.RunAsync(name, Cancel);
            Assert.Equal((RunState.Failed, false), (run.State, run.Published));
            Assert.Contains("is read in full and the target appends", run.Error, StringComparison.Ordinal);
            Assert.Contains("with Incremental(), or end the pipeline in a target that replaces or upserts", run.Error, StringComparison.Ordinal);
        }

        // One state after the other is what a sum appends, and no row comes twice.
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("sums", Cancel)).State);
    }

    /// <summary>Random arrival, changes of place, deletions and faults: what is there is what a read of every file that ever came would give.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_arrival_gives_each_file_once(int seed)
    {
        var random = new Random(seed);
        string[] places = [FailpointNames.RunStarted, FailpointNames.DataFilesWritten, FailpointNames.BeforeTargetCommit, FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted];
        await using var lake = Lake("csv");
        var (id, seen) = (1L, 0L);
        for (var step = 0; step < 20; step++)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                var name = $"{random.Next(1_000_000)}-{id}";
                Receive("csv", name, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => id++)]);
            }

            if (random.Next(3) == 0)
                _failpoints.Arm(places[random.Next(places.Length)]);
            var run = await RunAsync(lake);
            if (run is { State: RunState.Succeeded })
                seen = id;

            // What was read may go.
            foreach (var file in Directory.GetFiles(At("")).Where(f => seen == id && random.Next(4) == 0))
                File.Delete(file);
        }

        await RunAsync(lake);
        await HasAsync(lake, [.. Enumerable.Range(1, (int)id - 1).Select(i => (long)i)]);
    }

    private static readonly TimeSpan Old = TimeSpan.FromMinutes(1);

    // Ahead of the clock, however long the test takes.
    private static readonly TimeSpan Now = -TimeSpan.FromHours(1);

    private InMemoryLakehouse Lake(string kind, string? pattern = null) => new(
        dex => dex.AddPipeline("rows", p => (kind switch
        {
            "csv" => p.ReadCsv(At(pattern ?? "*.csv"), Columns),
            "jsonl" => p.ReadJsonLines(At(pattern ?? "*.jsonl"), Columns),
            _ => p.ReadParquet(At(pattern ?? "*.parquet")),
        }).Incremental().Select("id", "value").AppendTo(Layer.Bronze, "out")),
        _state, _failpoints);

    private static async Task<(RunState State, long Written, string? Error)> RunAsync(InMemoryLakehouse lake)
    {
        var run = await lake.RunAsync("rows", Cancel);
        return (run.State, run.Rows.Written, run.Error);
    }

    private static async Task HasAsync(InMemoryLakehouse lake, params long[] ids) =>
        Assert.Equal(ids, (await lake.ReadAsync<Row>(Layer.Bronze, "out", Cancel)).Select(r => r.Id).Order());

    private string At(string name)
    {
        Directory.CreateDirectory(_folder["inbox"]);
        return Path.Combine(_folder["inbox"], name);
    }

    private string Receive(string kind, string name, params long[] ids) => Receive(kind, name, ids, Old);

    private string Receive(string kind, string name, long[] ids, TimeSpan age) => Receive(kind, name, [.. ids.Select(i => (i, i))], age);

    private string Receive(string kind, string name, (long Id, long Value)[] rows, TimeSpan? age = null) => Write($"{name}.{kind}", kind switch
    {
        "csv" => System.Text.Encoding.UTF8.GetBytes($"id,value\n{string.Concat(rows.Select(r => $"{r.Id},{r.Value}\n"))}"),
        "jsonl" => System.Text.Encoding.UTF8.GetBytes(string.Concat(rows.Select(r => $"{{\"id\":{r.Id},\"value\":{r.Value}}}\n"))),
        _ => Parquet(rows),
    }, age ?? Old);

    private string Write(string name, byte[] content, TimeSpan age)
    {
        File.WriteAllBytes(At(name), content);
        File.SetLastWriteTimeUtc(At(name), DateTime.UtcNow - age);
        return At(name);
    }

    private static byte[] Parquet((long Id, long Value)[] rows)
    {
        using var batch = new RecordBatch(
            Columns, [new Int64Array.Builder().AppendRange(rows.Select(r => r.Id)).Build(), new Int64Array.Builder().AppendRange(rows.Select(r => r.Value)).Build()], rows.Length);
        return ParquetRoundTripTests.Write([batch], new ParquetWriteOptions()).Item1;
    }
}
