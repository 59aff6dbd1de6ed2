using BenchmarkDotNet.Attributes;
using DataEngineX.Plans;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>A sort by a text and a number, and the first hundred rows of an order.</summary>
public class SortBenchmarks : EngineBenchmark
{
    [Benchmark(Baseline = true)]
    public int LinqSort() => Rows.OrderBy(r => r.Station, StringComparer.Ordinal).ThenBy(r => r.TempC).ToArray().Length;

    [Benchmark]
    public Task<long> Sort() => DrainAsync(Source.OrderBy(new OrderKey("station"), new OrderKey("temp_c")));

    [Benchmark]
    public int LinqTop() => Rows.OrderByDescending(r => r.TempC).Take(100).ToArray().Length;

    [Benchmark]
    public Task<long> Top() => DrainAsync(Source.OrderBy(new OrderKey("temp_c", Descending: true)).Take(100));
}
