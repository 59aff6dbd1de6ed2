using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Sources.Tests.Databases;

public sealed class SqliteTargetTests : DatabaseTargetTests
{
    protected override Task<WrittenDatabase> OpenAsync() => WrittenDatabase.OpenAsync(null);
}

public sealed class PostgreSqlTargetTests(PostgreSql server) : DatabaseTargetTests
{
    protected override Task<WrittenDatabase> OpenAsync() => WrittenDatabase.OpenAsync(server);
}

public sealed record Day(string City, DateOnly Date, double? Warmest);

/// <summary>Pipelines that end in a table of a database: what they write, promise and refuse.</summary>
public abstract partial class DatabaseTargetTests
{
    private const string Rows = "SELECT city, warmest FROM {p}daily ORDER BY city, date";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<WrittenDatabase> OpenAsync();

    [Fact]
    public async Task An_upsert_publishes_what_is_new_and_tells_what_it_did()
    {
        using var written = await OpenAsync();
        var state = new InMemoryState();
        await using (var lake = Lake(state, Bronze([new("A", new(2015, 1, 1), 1), new("B", new(2015, 1, 1), 2)]), Published(written)))
        {
            await OkAsync(lake, "bronze");
            var first = await OkAsync(lake, "daily");
            Assert.Equal((2L, 2L, "1"), (first.Rows.Read, first.Rows.Written, first.Version));
            Assert.False((await lake.RunAsync("daily", Cancel)).Published);
        }

        await using var next = Lake(state, Bronze([new("A", new(2015, 1, 1), 5), new("C", new(2015, 1, 2), null)]), Published(written));
        await OkAsync(next, "bronze");
        var second = await OkAsync(next, "daily");

        Assert.Equal(["A|5", "B|2", "C|null"], await written.RowsAsync(Rows));
        Assert.Equal((2L, 2L, "2"), (second.Rows.Read, second.Rows.Written, second.Version));
        var explain = next.Statistics[^1].Explain;
        Assert.StartsWith($"upsert {written.Database.DatasetOf(written.Name("daily"))}\n", explain, StringComparison.Ordinal);
        Assert.Contains("update in ", explain, StringComparison.Ordinal);
        var evidence = await next.Services.GetRequiredService<IMetadataStore>().GetEvidenceAsync(written.Database.DatasetOf(written.Name("daily")), Cancel);
        Assert.Equal("daily", evidence!.Lineage!.Pipeline);
        Assert.Contains(evidence.Lineage.Columns, c => c.Name == "warmest" && c.From.Any(f => f.Column == "warmest" && f.Dataset == DatasetId.Table(Layer.Bronze, "days")));
        Assert.Equal(evidence.Dataset, DatasetId.Parse(evidence.Dataset.ToString()));
    }

    [Theory]
    [InlineData(FailpointNames.RunStarted)]
    [InlineData(FailpointNames.DataFileOpen)]
    [InlineData(FailpointNames.DataFilesWritten)]
    [InlineData(FailpointNames.QuarantineCommitted)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.LogEntryWritten)]
    [InlineData(FailpointNames.TargetCommitted)]
    public async Task A_run_that_broke_off_anywhere_is_made_up_for(string place)
    {
        using var written = await OpenAsync();
        var state = new InMemoryState();
        await using (var lake = Lake(state, Bronze([new("A", new(2015, 1, 1), 1), new("B", new(2015, 1, 1), 2)]), Published(written)))
            await OkAsync(lake, "bronze");
        var failpoints = new ThrowingFailpoints().Arm(place);
        await using (var lake = Lake(state, Bronze([]), Published(written), failpoints))
        {
            Assert.Equal(RunState.Failed, (await lake.RunAsync("daily", Cancel)).State);
            Assert.Equal(1, failpoints.PassesOf(place));
            if (place is not (FailpointNames.LogEntryWritten or FailpointNames.TargetCommitted))
                Assert.Equal(0L, await CountAsync(written, "daily"));
        }

        await using var again = Lake(state, Bronze([]), Published(written));
        Assert.Equal(RunState.Succeeded, (await again.RunAsync("daily", Cancel)).State);
        Assert.Equal(["A|1", "B|2"], await written.RowsAsync(Rows));
        Assert.Equal(1L, await CountAsync(written, "dataenginex_commits"));
        Assert.False((await again.RunAsync("daily", Cancel)).Published);
    }

    [Fact]
    public async Task Whoever_refers_to_a_row_keeps_it_and_what_is_equal_is_not_touched()
    {
        using var written = await OpenAsync();
        await written.RunAsync(written.IsPostgreSql
            ? "CREATE TABLE {p}daily (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, city text NOT NULL, date date NOT NULL, warmest double precision, touched int DEFAULT 0, UNIQUE (city, date));"
                + "CREATE TABLE {p}notes (day bigint NOT NULL REFERENCES {p}daily (id) ON DELETE CASCADE);"
                + "CREATE FUNCTION {p}touch() RETURNS trigger AS 'BEGIN NEW.touched := OLD.touched + 1; RETURN NEW; END' LANGUAGE plpgsql; CREATE TRIGGER t BEFORE UPDATE ON {p}daily FOR EACH ROW EXECUTE FUNCTION {p}touch()"
            : "CREATE TABLE daily (id INTEGER PRIMARY KEY AUTOINCREMENT, city TEXT NOT NULL, date DATE NOT NULL, warmest REAL, touched INTEGER DEFAULT 0, UNIQUE (city, date));"
                + "CREATE TABLE notes (day INTEGER NOT NULL REFERENCES daily (id) ON DELETE CASCADE);"
                + "CREATE TRIGGER t AFTER UPDATE OF warmest ON daily BEGIN UPDATE daily SET touched = touched + 1 WHERE id = NEW.id; END");
        await written.RunAsync("INSERT INTO {p}daily (city, date, warmest) VALUES ('A', '2015-01-01', 1), ('B', '2015-01-01', 2); INSERT INTO {p}notes SELECT id FROM {p}daily");
        await using var lake = Lake(new InMemoryState(), Bronze([new("A", new(2015, 1, 1), 9), new("B", new(2015, 1, 1), 2), new("C", new(2015, 1, 1), 3)]), Published(written));
        await OkAsync(lake, "bronze");

        await OkAsync(lake, "daily");

        Assert.Equal(["1|A|9|1", "2|B|2|0", "3|C|3|0"], await written.RowsAsync("SELECT id, city, warmest, touched FROM {p}daily ORDER BY id"));
        Assert.Equal(2L, await CountAsync(written, "notes"));
    }

    [Fact]
    public async Task A_table_without_a_unique_key_is_left_with_one_row_of_each_key_written()
    {
        using var written = await OpenAsync();
        await written.RunAsync(written.IsPostgreSql
            ? "CREATE TABLE {p}daily (city text, date date, warmest double precision)" : "CREATE TABLE daily (city TEXT, date DATE, warmest REAL)");
        await written.RunAsync("INSERT INTO {p}daily VALUES ('A', '2015-01-01', 1), ('A', '2015-01-01', 1), ('Z', '2015-01-01', 1), ('Z', '2015-01-01', 1)");
        await using var lake = Lake(new InMemoryState(), Bronze([new("A", new(2015, 1, 1), 9)]), Published(written));
        await OkAsync(lake, "bronze");
        await OkAsync(lake, "daily");
        Assert.Equal(["A|9", "Z|1", "Z|1"], await written.RowsAsync(Rows));
    }

    [Fact]
    public async Task Rows_that_do_not_pass_the_gate_are_never_seen()
    {
        using var written = await OpenAsync();
        var state = new InMemoryState();
        await using var lake = Gated(Gate.Quarantine, [new("A", new(2015, 1, 1), 1), new("B", new(2015, 1, 1), 2.5)]);
        await OkAsync(lake, "bronze");
        var run = await OkAsync(lake, "daily");
        Assert.Equal((1L, 1L), (run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(["A|1"], await written.RowsAsync(Rows));
        Assert.Equal("2.5", Assert.Single(run.Verdicts.SelectMany(v => v.Samples)).Value);
        Assert.NotNull(await lake.Tables.FindAsync(DatasetId.Table(Layer.Quarantine, "daily"), Cancel));

        await using var stopping = Gated(Gate.Stop, [new("C", new(2015, 1, 1), 9)]);
        await OkAsync(stopping, "bronze");
        Assert.Equal(RunState.Failed, (await stopping.RunAsync("daily", Cancel)).State);
        Assert.Equal(["A|1"], await written.RowsAsync(Rows));

        InMemoryLakehouse Gated(Gate gate, Day[] days) => new(
            dex => dex.AddPipeline("bronze", Bronze(days)).AddPipeline("daily", p => p.ReadTable<Day>(Layer.Bronze, "days").Incremental()
                .Check(q => q.AtMost(d => d.Warmest, 2).OnFailure(gate))
                .UpsertInto(written.Database, written.Name("daily"), d => new { d.City, d.Date })),
            state);
    }

    [Fact]
    public async Task Columns_that_differ_are_refused_or_added_as_is_said()
    {
        using var written = await OpenAsync();
        await written.RunAsync(written.IsPostgreSql ? "CREATE TABLE {p}daily (city text, date date)" : "CREATE TABLE daily (city TEXT, date DATE)");
        var state = new InMemoryState();
        foreach (var (end, error) in new (Func<PipelineEnd, PipelineEnd>, string?)[]
        {
            (e => e, "+ warmest double: not in the table"),
            (e => e.Contract(c => c.All(ContractMode.Freeze)), "breaks the contract"),
            (e => e.Evolve(SchemaEvolution.AddColumns), null),
        })
        {
            await using var lake = Lake(state, Bronze([new("A", new(2015, 1, 1), 1)]), p => end(Published(written)(p)));
            await OkAsync(lake, "bronze");
            var run = await lake.RunAsync("daily", Cancel);
            Assert.Equal((error is null ? RunState.Succeeded : RunState.Failed, error is null), (run.State, run.Rows.Read > 0));
            Assert.Contains(error ?? "", run.Error ?? "", StringComparison.Ordinal);
        }

        Assert.Equal(["A|1"], await written.RowsAsync(Rows));
        var flow = new Schema([new Field("city", StringType.Default, true), new Field("date", Date32Type.Default, true), new Field("warmest", StringType.Default, true)], null);
        var target = new DatabaseTarget(written.Database, written.Name("daily"), WriteDisposition.Append).Evolve(SchemaEvolution.AddColumns | SchemaEvolution.WidenTypes);
        var record = new CommitRecord { Pipeline = "p", Target = target.Dataset, RunId = "r", RunKey = "k", Sequence = 1, FencingToken = 1, Cursor = Cursor.Empty };
        var refused = await Assert.ThrowsAsync<PlanException>(async () =>
            await target.OpenAsync(new TargetRequest { Schema = flow, Record = record, Inputs = [], Context = new TestOperatorContext(WrittenDatabase.Data()) }, Cancel));
        Assert.Equal("warmest", refused.Column);
    }

    [Fact]
    public async Task Partitions_and_keys_are_computed_anew_in_their_places()
    {
        using var written = await OpenAsync();
        var state = new InMemoryState();
        Action<IDataEngineXBuilder> configure(Day[] days) => dex => dex.AddPipeline("bronze", Bronze(days))
            .AddPipeline("dates", p => p.ReadTable(Layer.Bronze, "days").Partitioned("date", Partitioning.Daily(new DateOnly(2015, 1, 1)))
                .GroupBy("date").Aggregate(Aggregate.Count().As("days")).ReplaceTable(written.Database, written.Name("dates")))
            .AddPipeline("cities", p => p.ReadTable(Layer.Bronze, "days").Incremental(["city"])
                .GroupBy("city").Aggregate(Aggregate.Max(Columns.Col("warmest")).As("warmest")).ReplaceTable(written.Database, written.Name("cities")));
        foreach (var days in (Day[][])[[new("A", new(2015, 1, 1), 1), new("B", new(2015, 1, 2), 2)], [new("A", new(2015, 1, 2), 5)]])
        {
            await using var lake = new InMemoryLakehouse(configure(days), state);
            lake.Clock.SetUtcNow(new DateTimeOffset(2015, 1, 4, 0, 0, 0, TimeSpan.Zero));
            await OkAsync(lake, "bronze");
            await OkAsync(lake, "dates");
            await OkAsync(lake, "cities");
        }

        Assert.Equal(["1", "2"], await written.RowsAsync("SELECT days FROM {p}dates ORDER BY date"));
        Assert.Equal(["A|5", "B|2"], await written.RowsAsync("SELECT city, warmest FROM {p}cities ORDER BY city"));
    }

    [Fact]
    public async Task Names_are_quoted_and_history_keeps_all_states()
    {
        using var written = await OpenAsync();
        var columns = new HistoryColumns("since \"x\"") { ValidTo = "un'til", IsCurrent = "Is Now" };
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("bronze", Bronze([new("A", new(2015, 1, 1), 1)]))
            .AddPipeline("daily", p => p.ReadTable(Layer.Bronze, "days").Select(Columns.Col("city").As("select"), Columns.Col("warmest").As("; drop table x"))
                .HistoryInto(written.Database, written.Name("Da;ily's \"best\""), ["select"], columns)));
        await OkAsync(lake, "bronze");
        await OkAsync(lake, "daily");
        Assert.Equal(1L, await CountAsync(written, "\"Da;ily's \"\"best\"\"\" WHERE \"Is Now\" AND \"un'til\" IS NULL AND \"; drop table x\" = 1"));
    }

    [Fact]
    public async Task Of_two_runs_at_once_one_waits_and_none_is_lost()
    {
        using var written = await OpenAsync();
        var lakes = Enumerable.Range(0, 4).Select(i => new InMemoryLakehouse(dex => dex
            .AddPipeline("bronze", Bronze([.. Enumerable.Range(0, 500).Select(c => new Day($"c{c}", new(2015, 1, 1), 10 * i))]))
            .AddPipeline(string.Create(CultureInfo.InvariantCulture, $"p{i}"), p => p.ReadTable(Layer.Bronze, "days").UpsertInto(written.Database, written.Name("daily"), "city", "date")))).ToList();
        foreach (var lake in lakes)
            await OkAsync(lake, "bronze");
        var runs = await Task.WhenAll(lakes.Index().Select(l => Task.Run(() => l.Item.RunAsync(string.Create(CultureInfo.InvariantCulture, $"p{l.Index}"), Cancel))));
        foreach (var lake in lakes)
            await lake.DisposeAsync();

        Assert.All(runs, r => Assert.True(r.State == RunState.Succeeded, r.Error));
        Assert.Equal(["1", "2", "3", "4"], runs.Select(r => r.Version).Order(StringComparer.Ordinal));

        // All rows are of the run that came last, none of another.
        var last = runs.Index().MaxBy(r => r.Item.Version, StringComparer.Ordinal).Index;
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"500|{10 * last}|{10 * last}")], await written.RowsAsync("SELECT count(*), min(warmest), max(warmest) FROM {p}daily"));
    }

    private static Func<PipelineBuilder, PipelineEnd> Bronze(IReadOnlyList<Day> days) =>
        p => p.ReadStream<Day>("days", Guid.NewGuid().ToString(), _ => days.ToAsyncEnumerable()).AppendTo(Layer.Bronze, "days");

    private static Func<PipelineBuilder, PipelineEnd> Published(WrittenDatabase written) =>
        p => p.ReadTable<Day>(Layer.Bronze, "days").Incremental().UpsertInto(written.Database, written.Name("daily"), d => new { d.City, d.Date });

    private static InMemoryLakehouse Lake(InMemoryState state, Func<PipelineBuilder, PipelineEnd> bronze, Func<PipelineBuilder, PipelineEnd> daily, IFailpoints? failpoints = null) =>
        new(dex => dex.AddPipeline("bronze", bronze).AddPipeline("daily", daily), state, failpoints);

    private static async Task<RunRecord> OkAsync(InMemoryLakehouse lake, string pipeline)
    {
        var run = await lake.RunAsync(pipeline, Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return run;
    }

    private static async Task<long> CountAsync(WrittenDatabase written, string table)
    {
        try
        {
            return Convert.ToInt64(await written.RunAsync("SELECT count(*) FROM {p}" + table), CultureInfo.InvariantCulture);
        }
        catch (System.Data.Common.DbException e) when (e.Message.Contains("no such table", StringComparison.Ordinal) || e.SqlState == "42P01")
        {
            return 0;
        }
    }
}
