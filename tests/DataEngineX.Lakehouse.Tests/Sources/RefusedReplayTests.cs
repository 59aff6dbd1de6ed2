using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Lines that a reader refused run again after a repair: each once, with its file and line, whatever crashes between.</summary>
public sealed class RefusedReplayTests : IDisposable
{
    private static readonly string[] Places =
    [
        FailpointNames.RunStarted, FailpointNames.DataFilesWritten, FailpointNames.QuarantineCommitted,
        FailpointNames.BeforeTargetCommit, FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted,
    ];

    private readonly TempFolder _folder = new();
    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Row(long Id, double? Value, [property: ColumnName("_file")] string File, [property: ColumnName("_line")] long Line);

    private sealed record Aside(string Operator, string? File, long? Line, string Rule, string? Row);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv objects")]
    [InlineData("csv files")]
    [InlineData("json objects")]
    [InlineData("json files")]
    public async Task After_a_repair_each_refused_line_comes_once(string kind)
    {
        Receive(kind, "a", [(1, "1.5"), (2, "n/a"), (3, "odd"), (4, "4.5")]);
        Receive(kind, "b", [(5, "n/a")]);
        var (_, written, setAside) = await RunAsync(kind, repaired: false);
        Assert.Equal((2L, 3L), (written, setAside));
        Assert.Equal([("a", 3L, "2"), ("a", 4L, "3"), ("b", 2L, "5")], await AsideAsync());

        // Values that mean null are known now: two lines come, one stays, once.
        Assert.Equal((3L, 2L, 1L), await RunAsync(kind, repaired: true, isReplay: true));
        Assert.Equal([("a", 4L, "3")], await AsideAsync());
        Assert.Equal(["1|1.5|a|2", "2||a|3", "4|4.5|a|5", "5||b|2"], await RowsAsync());
        Assert.Equal((1L, 0L, 1L), await RunAsync(kind, repaired: true, isReplay: true));
        Assert.Equal(4, (await RowsAsync()).Count);
        Assert.Single(await AsideAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Crashes_anywhere_leave_each_line_once(int seed)
    {
        const string kind = "csv objects";
        var random = new Random(seed);
        var next = 0;
        for (var step = 0; step < 8; step++)
        {
            Receive(kind, $"f{step}", [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (++next, random.Next(2) == 0 ? "1.5" : "n/a"))]);
            var isReplay = random.Next(2) == 0;
            if (random.Next(3) > 0)
                await ExecuteAsync(kind, repaired: isReplay, isReplay, new ThrowingFailpoints().Arm(Places[random.Next(Places.Length)]));
            if (random.Next(4) > 0)
                await ExecuteAsync(kind, repaired: isReplay, isReplay);
        }

        await RunAsync(kind, repaired: false);
        await RunAsync(kind, repaired: true, isReplay: true);
        Assert.Equal(Enumerable.Range(1, next).Select(i => (long)i), (await ReadAsync()).Select(r => r.Id).Order());
        Assert.Empty(await AsideAsync());
    }

    [Fact]
    public async Task A_record_of_several_lines_takes_no_other_with_it()
    {
        const string kind = "csv objects";
        Write(kind, "q.csv", "Id,Value\n1,\"n\n/\na\"\n2,x\n3,\"a\"b\n4,\"n/a\"\n5,7\n");
        Assert.Equal((5L, 1L, 4L), await RunAsync(kind, repaired: false));
        Assert.Equal([("q.csv", 2L), ("q.csv", 5L), ("q.csv", 6L), ("q.csv", 7L)], (await SetAsideAsync()).Select(a => (a.File!, a.Line!.Value)));
        Assert.Equal((4L, 1L, 3L), Counts(await ExecuteAsync(kind, new CsvReadOptions { NullTexts = ["x"] }, isReplay: true)));
        Assert.Equal([2L, 6L, 7L], (await SetAsideAsync()).Select(a => a.Line!.Value));
        Assert.Equal(["2||q|5", "5|7|q|8"], await RowsAsync());
        Assert.Equal(["1,\"n\n/\na\"", "3,\"a\"b", "4,\"n/a\""], (await SetAsideAsync()).Select(a => a.Row));
    }

    [Fact]
    public async Task A_line_that_somebody_has_mended_in_the_quarantine_is_read_as_it_stands_there()
    {
        const string kind = "csv objects";
        Receive(kind, "a", [(1, "1,5"), (2, "odd")]);
        Assert.Equal((2L, 0L, 2L), await RunAsync(kind, repaired: false));
        await using (var lake = Lake(kind, repaired: false))
        {
            var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Quarantine, "rows"), Cancel);
            await table!.ApplyAsync(new UpdateRows(Col(QuarantineSchema.Line) == 2L, [Lit("1,1.5").As(QuarantineSchema.Row)]), cancellationToken: Cancel);
        }

        Assert.Equal((2L, 1L, 1L), await RunAsync(kind, repaired: false, isReplay: true));
        Assert.Equal(["1|1.5|a|2"], await RowsAsync());
    }

    [Fact]
    public async Task What_is_not_whole_or_of_another_source_stays_as_it_is()
    {
        const string kind = "csv objects";
        Write(kind, "long.csv", $"Id,Value\n1,{new string('9', 70_000)}x\n2,n/a\n");
        Assert.Equal((2L, 0L, 2L), await RunAsync(kind, repaired: false));
        Assert.Equal((2L, 1L, 1L), await RunAsync(kind, repaired: true, isReplay: true));
        Assert.Equal([2L], (await SetAsideAsync()).Select(a => a.Line!.Value));

        // A pipeline that reads another table now does not know whose line that is.
        await using var other = new InMemoryLakehouse(
            dex => dex.AddPipeline("rows", p => p.ReadCsvObjects<Value>(Layer.Raw, "others", Options(true)).Incremental().AppendTo(Layer.Bronze, "out")), _state);
        var run = await ReplayAsync(other);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((1L, 0L, 1L), Counts(run));
        Assert.Equal([2L], (await SetAsideAsync()).Select(a => a.Line!.Value));
    }

    [Fact]
    public async Task Of_a_union_only_the_refused_lines_come_and_each_source_reads_its_own()
    {
        foreach (var name in new[] { "one", "two" })
        {
            Write("csv objects", $"{name}.csv", name == "one" ? "Id,Value\n1,1\n2,n/a\n" : "Value;Id\n3;3\nn/a;4\n", name);
        }

        InMemoryLakehouse Both(bool repaired) => new(
            dex =>
            {
                foreach (var name in new[] { "one", "two" })
                    dex.AddPipeline($"raw.{name}", p => p.ReadFolder(_folder[name], "*.csv").Incremental().IngestInto(Layer.Raw, name));
                dex.AddPipeline("rows", p => p.ReadCsvObjects<Value>(Layer.Raw, "one", Options(repaired)).Incremental()
                    .Union(p.ReadCsvObjects<Value>(Layer.Raw, "two", Options(repaired) with { Separator = ';' }).Incremental())
                    .AppendTo(Layer.Bronze, "out"));
            },
            _state);

        await using (var lake = Both(false))
        {
            await lake.RunAsync("raw.one", Cancel);
            await lake.RunAsync("raw.two", Cancel);
            Assert.Equal((4L, 2L, 2L), Counts(await lake.RunAsync("rows", Cancel)));
        }

        await using var next = Both(true);
        var replay = await ReplayAsync(next);
        Assert.True(replay.State == RunState.Succeeded, replay.Error);
        Assert.Equal((2L, 2L, 0L), Counts(replay));
        Assert.Equal([1L, 2L, 3L, 4L], (await next.ReadAsync<Value>(Layer.Bronze, "out", Cancel)).Select(r => r.Id).Order());
    }

    [Theory]
    [InlineData("csv objects")]
    [InlineData("csv files")]
    [InlineData("json objects")]
    public async Task A_read_may_stop_at_the_first_line_that_does_not_fit(string kind)
    {
        Receive(kind, "a", [(1, "1.5"), (2, "odd"), (3, "3.5")]);
        var run = await ExecuteAsync(kind, Options(false) with { Malformed = MalformedRows.Stop });
        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("line 3", run.Error, StringComparison.Ordinal);
        Assert.Contains("'value'", run.Error, StringComparison.Ordinal);
        Assert.Contains("odd", run.Error, StringComparison.Ordinal);
        Assert.Empty(await SetAsideAsync());
        Assert.Equal(1L, (await RunAsync(kind, repaired: false)).SetAside);
    }

    [Fact]
    public async Task Readers_of_their_own_stop_too()
    {
        var options = new CsvReadOptions { Schema = new Schema([new Field("id", Int64Type.Default, false)], null), Malformed = MalformedRows.Stop };
        await using var csv = await CsvReader.OpenAsync(new MemoryStream("id\n1\nx\n"u8.ToArray()), "ids.csv", options, Cancel);
        var error = await Assert.ThrowsAsync<SourceRefusedException>(async () =>
        {
            await foreach (var batch in csv.ReadAsync(cancellationToken: Cancel))
                batch.Dispose();
        });
        Assert.Contains("ids.csv, line 3", error.Message, StringComparison.Ordinal);
    }

    private sealed record Value(long Id, [property: ColumnName("value")] double? Number);

    private static CsvReadOptions Options(bool repaired) => new() { NullTexts = repaired ? ["n/a"] : [] };

    private static (long Read, long Written, long SetAside) Counts(RunRecord run) => (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined);

    private async Task<(long Read, long Written, long SetAside)> RunAsync(string kind, bool repaired, bool isReplay = false)
    {
        var run = await ExecuteAsync(kind, repaired, isReplay);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return Counts(run);
    }

    private Task<RunRecord> ExecuteAsync(string kind, bool repaired, bool isReplay, IFailpoints? failpoints = null) =>
        ExecuteAsync(kind, Options(repaired), isReplay, failpoints);

    private async Task<RunRecord> ExecuteAsync(string kind, CsvReadOptions options, bool isReplay = false, IFailpoints? failpoints = null)
    {
        await using (var raw = Lake(kind, options))
            await raw.RunAsync("raw", Cancel);
        await using var lake = Lake(kind, options, failpoints);
        return isReplay ? await ReplayAsync(lake) : await lake.RunAsync("rows", Cancel);
    }

    private static async Task<RunRecord> ReplayAsync(InMemoryLakehouse lake)
    {
        var run = await lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("rows", RunTriggers.Replay) { IsReplay = true }, null, Cancel);
        Assert.Equal(0, lake.Statistics[^1].LeakedBytes);
        return run;
    }

    private InMemoryLakehouse Lake(string kind, bool repaired) => Lake(kind, Options(repaired));

    private InMemoryLakehouse Lake(string kind, CsvReadOptions options, IFailpoints? failpoints = null) => new(
        dex =>
        {
            var pattern = kind.StartsWith("csv", StringComparison.Ordinal) ? "*.csv" : "*.jsonl";
            Directory.CreateDirectory(_folder["inbox"]);
            dex.AddPipeline("raw", p => p.ReadFolder(_folder["inbox"], pattern).Incremental().IngestInto(Layer.Raw, "in"));

            // JSON has no texts that mean null: there the repair is a text column.
            var json = new JsonReadOptions { Malformed = options.Malformed };
            dex.AddPipeline("rows", p => (kind switch
            {
                "csv objects" => p.ReadCsvObjects(Layer.Raw, "in", Columns, options).Incremental(),
                "csv files" => p.ReadCsv(Path.Combine(_folder["inbox"], pattern), Columns, options).Incremental(),
                "json objects" => p.ReadJsonObjects(Layer.Raw, "in", options.NullTexts.Count > 0 ? Texts : Columns, json).Incremental(),
                _ => p.ReadJsonLines(Path.Combine(_folder["inbox"], pattern), options.NullTexts.Count > 0 ? Texts : Columns, json).Incremental(),
            }).Where(Col("id") > 0L).Select(Col("id"), Number(kind, options).As("value"), Col("_file"), Col("_line")).AppendTo(Layer.Bronze, "out"));
        },
        _state, failpoints);

    private static Schema Columns { get; } = new([new Field("id", Int64Type.Default, false), new Field("value", DoubleType.Default, true)], null);

    private static Schema Texts { get; } = new([new Field("id", Int64Type.Default, false), new Field("value", StringType.Default, true)], null);

    private static Expr Number(string kind, CsvReadOptions options) => kind.StartsWith("json", StringComparison.Ordinal) && options.NullTexts.Count > 0
        ? Col("value").TryCast(DoubleType.Default)
        : Col("value");

    private void Receive(string kind, string name, (int Id, string Value)[] rows) => Write(
        kind,
        name,
        kind.StartsWith("csv", StringComparison.Ordinal)
            ? $"Id,Value\n{string.Concat(rows.Select(r => $"{r.Id},{r.Value}\n"))}"
            : $"{{\"id\":-1}}\n{string.Concat(rows.Select(r => $"{{\"id\":{r.Id},\"value\":{(char.IsDigit(r.Value[0]) ? r.Value : r.Value == "odd" ? "[\"odd\"]" : $"\"{r.Value}\"")}}}\n"))}");

    private void Write(string kind, string name, string text, string folder = "inbox")
    {
        Directory.CreateDirectory(_folder[folder]);
        var extension = kind.StartsWith("csv", StringComparison.Ordinal) ? ".csv" : ".jsonl";
        var path = Path.Combine(_folder[folder], name.EndsWith(extension, StringComparison.Ordinal) ? name : name + extension);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMinutes(-1));
    }

    private async Task<IReadOnlyList<Row>> ReadAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await lake.ReadAsync<Row>(Layer.Bronze, "out", Cancel);
    }

    private async Task<List<string>> RowsAsync() =>
        [.. (await ReadAsync()).OrderBy(r => r.Id).Select(r => FormattableString.Invariant($"{r.Id}|{r.Value}|{Path.GetFileNameWithoutExtension(r.File)}|{r.Line}"))];

    private async Task<IReadOnlyList<Aside>> SetAsideAsync()
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return await lake.ReadAsync<Aside>(Layer.Quarantine, "rows", Cancel);
    }

    private async Task<List<(string File, long Line, string Id)>> AsideAsync() =>
    [
        .. (await SetAsideAsync()).Select(a => (Path.GetFileNameWithoutExtension(a.File!), a.Line!.Value, string.Concat(a.Row!.Where(char.IsDigit)))).OrderBy(a => a.Item1, StringComparer.Ordinal).ThenBy(a => a.Value),
    ];
}
