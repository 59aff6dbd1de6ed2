using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;
using DuckDB.NET.Data;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Mean, smallest and largest value by a text key over a million rows in memory, beside LINQ and DuckDB.</summary>
[MemoryDiagnoser]
public class GroupByBenchmarks
{
    private const int Count = 1_000_000;
    private Observation[] _rows = [];
    private FlowReader _reader = null!;
    private Flow _flow = null!;
    private DuckDBConnection _duckDb = null!;

    [GlobalSetup]
    public void Setup()
    {
        _rows = Observations.Rows(Count);
        _reader = Observations.Reader();
        _flow = Flow.From(new BatchesSource(Observations.Batches(_rows))).As<Observation>()
            .GroupBy(r => r.Station).Aggregate(g => new { Station = g.Key, Mean = g.Mean(r => r.TempC), Min = g.Min(r => r.TempC), Max = g.Max(r => r.TempC) });
        _duckDb = new DuckDBConnection("DataSource=:memory:");
        _duckDb.Open();
        Execute("create table observations (station varchar, day integer, temp_c double)");
        using var appender = _duckDb.CreateAppender("observations");
        foreach (var row in _rows)
            appender.CreateRow().AppendValue(row.Station).AppendValue(row.Day).AppendValue(row.TempC).EndRow();
    }

    [GlobalCleanup]
    public void Cleanup() => _duckDb.Dispose();

    [Benchmark(Baseline = true)]
    public int Linq() => _rows.GroupBy(r => r.Station)
        .Select(g => new { Station = g.Key, Mean = g.Average(r => r.TempC), Min = g.Min(r => r.TempC), Max = g.Max(r => r.TempC) }).Count();

    [Benchmark]
    public Task<long> DataEngineX() => Observations.DrainAsync(_reader, _flow);

    [Benchmark]
    public void DuckDb() => Execute("create or replace temp table result as select station, avg(temp_c), min(temp_c), max(temp_c) from observations group by station");

    private void Execute(string sql)
    {
        using var command = _duckDb.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
