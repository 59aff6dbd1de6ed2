using BenchmarkDotNet.Attributes;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Windows over the days of each station; the baseline numbers the rows of sorted groups.</summary>
public class WindowBenchmarks : EngineBenchmark
{
    [Benchmark(Baseline = true)]
    public int LinqRowNumber() => Rows.GroupBy(r => r.Station).SelectMany(g => g.OrderBy(r => r.Day).Select((r, i) => (r, i))).Count();

    [Benchmark]
    public Task<long> RowNumber() => OfAsync(WindowColumn.RowNumber().As("w"));

    [Benchmark]
    public Task<long> Lag() => OfAsync(WindowColumn.Lag(Col("temp_c")).As("w"));

    [Benchmark]
    public Task<long> RollingMean() => OfAsync(WindowColumn.RollingMean(Col("temp_c"), 10, 1).As("w"));

    private Task<long> OfAsync(WindowColumn column) => DrainAsync(Source.Window(["station"], [new OrderKey("day")], column));
}
