using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Engine;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>One commit of a thousand rows: data file, fsync, log entry, fsync. The table grows with every commit measured.</summary>
[MemoryDiagnoser]
[InvocationCount(16)]
public class CommitBenchmarks
{
    private BenchmarkTable _table = null!;
    private IReadOnlyList<RecordBatch> _rows = [];

    [IterationSetup]
    public void Setup()
    {
        _table = new BenchmarkTable();
        _rows = Observations.Batches([.. Observations.Rows(1000).DistinctBy(r => (r.Station, r.Day))]);
        _table.WriteAsync(WriteDisposition.Append, [], _rows).GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void Cleanup() => _table.Dispose();

    [Benchmark(Baseline = true)]
    public Task<CommitResult> Append() => _table.WriteAsync(WriteDisposition.Append, [], _rows);

    [Benchmark]
    public Task<CommitResult> Replace() => _table.WriteAsync(WriteDisposition.Replace, [], _rows);
}
