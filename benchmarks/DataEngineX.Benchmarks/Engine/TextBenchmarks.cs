using BenchmarkDotNet.Attributes;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Functions of texts, one computed column each; the baseline lowers one string at a time.</summary>
public class TextBenchmarks : EngineBenchmark
{
    [Benchmark(Baseline = true)]
    public int LinqLower() => Rows.Select(r => r.Station.ToLowerInvariant()).Count(t => t.Length > 0);

    [Benchmark]
    public Task<long> Lower() => OfAsync(Col("station").Lower());

    [Benchmark]
    public Task<long> Contains() => OfAsync(Col("station").Contains("-1"));

    [Benchmark]
    public Task<long> Like() => OfAsync(Col("station").Like("%on-_5%"));

    [Benchmark]
    public Task<long> Substring() => OfAsync(Col("station").Substring(9, 2));

    private Task<long> OfAsync(Expr value) => DrainAsync(Source.Select(value.As("value")));
}
