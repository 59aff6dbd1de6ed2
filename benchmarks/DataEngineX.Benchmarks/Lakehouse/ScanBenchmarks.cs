using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Engine;
using DataEngineX.Pipelines;
using DuckDB.NET.Data;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>Reading a Delta table of a million rows to Arrow, beside DuckDB over the same Parquet files. Warm cache.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private BenchmarkTable _table = null!;
    private FlowReader _reader = null!;
    private DuckDBConnection _duckDb = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _table = new BenchmarkTable();
        await _table.WriteAsync(WriteDisposition.Append, [], Observations.Batches(Observations.Rows(1_000_000))).ConfigureAwait(false);
        _reader = Observations.Reader(_table.Catalog);
        _duckDb = new DuckDBConnection("DataSource=:memory:");
        _duckDb.Open();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _duckDb.Dispose();
        _table.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void DuckDbAllColumns() => Execute("create or replace temp table result as select * from read_parquet('" + Path.Combine(_table.Folder, "silver/observations/*.parquet") + "')");

    [Benchmark]
    public Task<long> AllColumns() => Observations.DrainAsync(_reader, Flow.Table(Layer.Silver, "observations"));

    [Benchmark]
    public Task<long> OneColumn() => Observations.DrainAsync(_reader, Flow.Table(Layer.Silver, "observations").Select("temp_c"));

    private void Execute(string sql)
    {
        using var command = _duckDb.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
