using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>
/// Delta tables: what the log adds to reading their files, and what opening one of many commits or files takes. DuckDB, whose own reader of Delta tables is an
/// extension that has to be fetched, reads the files alone.
/// </summary>
internal sealed class DeltaSuite(CompareOptions options) : CompareSuite("delta", options)
{
    private const string OverFiles = "own, files";

    private readonly DuckDb _duckDb = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        var weather = new WeatherTable(Options.Rows);
        if (Wants("fold") || Wants("group"))
        {
            var lake = DeltaTables.Of(weather);
            if (Wants("fold"))
                yield return Fold(weather, lake);
            if (Wants("group"))
                yield return Group(weather, lake);
        }

        var commits = (int)Math.Clamp(Options.Rows / 1_000, 20, 10_000) / 10 * 10;
        if (Wants("commits"))
            yield return Open("commits", $"a table of {commits:N0} commits opened: its rows", DeltaTables.Of(commits, 1), commits + 1);
        var filesPerCommit = (int)Math.Clamp(Options.Rows / 10_000, 10, 1_000);
        if (Wants("files") || Wants("prune"))
        {
            var lake = DeltaTables.Of(100, filesPerCommit);
            var files = (99 * filesPerCommit) + 2;
            if (Wants("files"))
                yield return Open("files", $"a table of {files:N0} files opened: its rows", lake, files);
            if (Wants("prune"))
                yield return Prune(lake, files);
        }
    }

    public override void Dispose() => _duckDb.Dispose();

    private CompareTask Fold(DataTable table, string lake) => Scan(
        table,
        lake,
        "fold",
        "all columns to one row: greatest texts and instant, sums",
        files => $"SELECT max(station), max(observed_at), sum(temp_c), sum(humidity), sum(pressure), max(quality) FROM read_parquet('{files}')",
        flow => flow.GroupBy().Aggregate(
            Aggregate.Max(Col("station")).As("a"), Aggregate.Max(Col("observed_at")).As("b"), Aggregate.Sum(Col("temp_c")).As("c"),
            Aggregate.Sum(Col("humidity")).As("d"), Aggregate.Sum(Col("pressure")).As("e"), Aggregate.Max(Col("quality")).As("f")));

    private CompareTask Group(DataTable table, string lake) => Scan(
        table,
        lake,
        "group",
        "mean temperature of good rows above 50 % humidity by station",
        files => $"SELECT station, avg(temp_c), count(*) FROM read_parquet('{files}') WHERE humidity > 50 AND quality = 'good' GROUP BY station",
        flow => flow.Where(Col("humidity") > 50 & Col("quality") == "good").GroupBy(Col("station").As("station"))
            .Aggregate(Aggregate.Mean(Col("temp_c")), Aggregate.Count()));

    /// <summary>The same query over the table, over its files, and by DuckDB over its files.</summary>
    private CompareTask Scan(DataTable table, string lake, string name, string question, Func<string, string> sql, Func<Flow, Flow> query)
    {
        var files = DeltaTables.Files(lake);
        var own = new OwnEngine(Options.Threads, DeltaTables.Catalog(lake));
        return new CompareTask(
            name,
            question,
            table.Rows,
            [
                _duckDb.Query(sql(files)),
                own.Query(query(Flow.Table(Layer.Silver, DeltaTables.Name))),
                own.Query(query(Flow.From(new ParquetFileSource(files))), name: OverFiles),
            ]);
    }

    private CompareTask Open(string name, string question, string lake, long files) => new(
        name, question, files, [_duckDb.Query($"SELECT count(*) FROM read_parquet('{DeltaTables.Files(lake)}')"), new OpenEntry(lake)]);

    private CompareTask Prune(string lake, long files)
    {
        var wanted = files / 2 * DeltaTables.FileRows;
        return new CompareTask(
            "prune",
            $"one row of a table of {files:N0} files, which is open",
            files,
            [
                _duckDb.Query($"SELECT * FROM read_parquet('{DeltaTables.Files(lake)}') WHERE id = {wanted}"),
                new OwnEngine(Options.Threads, DeltaTables.Catalog(lake)).Query(Flow.Table(Layer.Silver, DeltaTables.Name).Where(Col("id") == wanted)),
            ]);
    }
}
