using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Weather in one Parquet file in the page cache, written by DuckDB: filter and group, one column, all columns folded and held; and written from memory.</summary>
internal sealed class ParquetSuite(CompareOptions options) : CompareSuite("parquet", options)
{
    private static readonly AnswerShape Exact = new(ExactDoubles: true);
    private readonly DuckDb _duckDb = new(options.Threads);
    private readonly OwnEngine _own = new(options.Threads);
    private RecordBatch[] _batches = [];

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
                [_duckDb.Query($"SELECT sum(pressure) FROM {scan}"), _own.Query(flow.GroupBy().Aggregate(Aggregate.Sum(Col("pressure")))), .. ParquetSharpPeers.Sum(Options, file)]);
        }

        // Every value of every column is decoded and looked at, and nothing is held: what reading alone takes.
        if (Wants("fold"))
        {
            yield return new CompareTask(
                "fold",
                "all columns to one row: greatest texts and instant, sums",
                table.Rows,
                [
                    _duckDb.Query($"SELECT max(station), max(observed_at), sum(temp_c), sum(humidity), sum(pressure), max(quality) FROM {scan}"),
                    _own.Query(flow.GroupBy().Aggregate(
                        Aggregate.Max(Col("station")).As("a"), Aggregate.Max(Col("observed_at")).As("b"), Aggregate.Sum(Col("temp_c")).As("c"),
                        Aggregate.Sum(Col("humidity")).As("d"), Aggregate.Sum(Col("pressure")).As("e"), Aggregate.Max(Col("quality")).As("f"))),
                ]);
        }

        if (Wants("read"))
        {
            yield return new CompareTask(
                "read", "all columns, held", table.Rows, [_duckDb.Query($"SELECT * FROM {scan}", Exact), _own.Query(flow, Exact), .. ParquetSharpPeers.Read(Options, file, Exact)]);
        }

        if (Wants("write"))
        {
            _batches = table.ReadAll();
            _duckDb.Load("x", table);
            var source = Flow.From(new BatchesSource(_batches));
            yield return new CompareTask(
                "write",
                "all columns from memory, zstd",
                table.Rows,
                [
                    _duckDb.Copy("x", "FORMAT parquet, COMPRESSION zstd", path => $"read_parquet('{path}')", Exact),
                    _own.Write(
                        path => source.ReplaceParquet(path, new ParquetWriteOptions { Compression = ParquetCompression.Zstd, Parallelism = Options.Threads }),
                        ReadBack),
                    .. ParquetSharpPeers.Write(Options, _batches, ReadBack),
                ]);
        }
    }

    public override void Dispose()
    {
        _duckDb.Dispose();
        foreach (var batch in _batches)
            batch.Dispose();
    }

    private Answer ReadBack(string path) => _duckDb.Read($"SELECT * FROM read_parquet('{path}')", Exact);
}
