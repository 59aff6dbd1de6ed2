using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using ParquetSharp.Arrow;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Weather in one Parquet file in the page cache, written by DuckDB: filter and group, one column, and all columns.</summary>
internal sealed class ParquetSuite(CompareOptions options) : CompareSuite("parquet", options)
{
    private static readonly AnswerShape Exact = new(ExactDoubles: true);
    private readonly DuckDb _duckDb = new(options.Threads);
    private readonly OwnEngine _own = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        var table = new WeatherTable(Options.Rows);
        var file = DataFiles.Parquet(table);
        var scan = $"read_parquet('{file}')";
        var flow = Flow.From(new ParquetFileSource(file));
        if (Wants("group"))
        {
            yield return new CompareTask(
                "group",
                "mean, least and greatest temperature of good rows above 50 % humidity by station",
                table.Rows,
                [
                    _duckDb.Query($"SELECT station, avg(temp_c), min(temp_c), max(temp_c), count(*) FROM {scan} WHERE humidity > 50 AND quality = 'good' GROUP BY station"),
                    _own.Query(flow.Where(Col("humidity") > 50 & Col("quality") == "good").GroupBy(Col("station").As("station")).Aggregate(
                        Aggregate.Mean(Col("temp_c")), Aggregate.Min(Col("temp_c")), Aggregate.Max(Col("temp_c")), Aggregate.Count())),
                ]);
        }

        if (Wants("column"))
        {
            yield return new CompareTask(
                "column",
                "sum of one column",
                table.Rows,
                [_duckDb.Query($"SELECT sum(pressure) FROM {scan}"), _own.Query(flow.GroupBy().Aggregate(Aggregate.Sum(Col("pressure"))))]);
        }

        if (Wants("read"))
        {
            yield return new CompareTask(
                "read", "all columns", table.Rows, [_duckDb.Query($"SELECT * FROM {scan}", Exact), _own.Query(flow, Exact), .. Peers(file)]);
        }
    }

    public override void Dispose() => _duckDb.Dispose();

    private IEnumerable<Entry> Peers(string file)
    {
        if (Options.Wants("parquetsharp"))
            yield return new PeerEntry<List<RecordBatch>>("parquetsharp", () => ReadAll(file), batches => BatchAnswer.Read(batches, Exact));
    }

    private static List<RecordBatch> ReadAll(string file)
    {
        using var reader = new FileReader(file);
        using var stream = reader.GetRecordBatchReader();
        var batches = new List<RecordBatch>();
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            batches.Add(batch);
        return batches;
    }
}
