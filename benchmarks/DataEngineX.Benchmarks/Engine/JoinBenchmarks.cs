using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Joins with a table of two hundred stations, which half of the rows find.</summary>
public class JoinBenchmarks : EngineBenchmark
{
    private readonly Place[] _places = [.. Enumerable.Range(0, 200).Select(i => new Place($"station-{i * 2:000}", i * 10))];
    private Flow _right = null!;

    [GlobalSetup]
    public void Setup() => _right = Flow.From(new BatchesSource([RowBatch.Create(_places)]));

    [Benchmark(Baseline = true)]
    public int LinqInner() => Rows.Join(_places, r => r.Station, p => p.Station, (r, p) => new { r.Station, r.Day, r.TempC, p.Height }).Count();

    [Benchmark]
    public Task<long> Inner() => DrainAsync(Source.Join(_right, ["station"]));

    [Benchmark]
    public Task<long> Left() => DrainAsync(Source.Join(_right, ["station"], JoinKind.Left));

    [Benchmark]
    public Task<long> Semi() => DrainAsync(Source.Join(_right, ["station"], JoinKind.Semi));

    /// <summary>A row of the right side.</summary>
    internal sealed record Place(string Station, int Height);
}
