using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>A filter and a computed column over a million rows in memory, beside LINQ over row objects.</summary>
[MemoryDiagnoser]
public class FilterBenchmarks
{
    private const int Count = 1_000_000;
    private Observation[] _rows = [];
    private FlowReader _reader = null!;
    private Flow _flow = null!;

    [GlobalSetup]
    public void Setup()
    {
        _rows = Observations.Rows(Count);
        _reader = Observations.Reader();
        _flow = Flow.From(new BatchesSource(Observations.Batches(_rows))).As<Observation>()
            .Where(r => r.TempC > 20).Select(r => new { r.Station, TempF = (r.TempC * 9 / 5) + 32 });
    }

    [Benchmark(Baseline = true)]
    public int Linq() => _rows.Where(r => r.TempC > 20).Select(r => new { r.Station, TempF = (r.TempC * 9 / 5) + 32 }).Count();

    [Benchmark]
    public Task<long> DataEngineX() => Observations.DrainAsync(_reader, _flow);
}
