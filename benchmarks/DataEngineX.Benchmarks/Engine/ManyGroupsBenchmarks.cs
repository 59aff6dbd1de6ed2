using BenchmarkDotNet.Attributes;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>A group-by with as many groups as a third of the rows, by a text and a number.</summary>
public class ManyGroupsBenchmarks : EngineBenchmark
{
    [Benchmark(Baseline = true)]
    public int Linq() => Rows.GroupBy(r => (r.Station, r.Day)).Select(g => new { g.Key, Mean = g.Average(r => r.TempC) }).Count();

    [Benchmark]
    public Task<long> TextAndNumber() => DrainAsync(Source.GroupBy(Col("station").As("station"), Col("day").As("day")).Aggregate(Aggregate.Mean(Col("temp_c"))));
}
