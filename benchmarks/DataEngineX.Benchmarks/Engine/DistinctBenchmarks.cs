using BenchmarkDotNet.Attributes;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>The first row of each key, and the same rows twice by union.</summary>
public class DistinctBenchmarks : EngineBenchmark
{
    [Benchmark(Baseline = true)]
    public int LinqDistinct() => Rows.DistinctBy(r => (r.Station, r.Day)).Count();

    [Benchmark]
    public Task<long> Distinct() => DrainAsync(Source.Distinct("station", "day"));

    [Benchmark]
    public int LinqUnion() => Rows.Concat(Rows).Count(r => r.Day >= 0);

    [Benchmark]
    public Task<long> Union() => DrainAsync(Source.Union(Source));
}
