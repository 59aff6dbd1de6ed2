using BenchmarkDotNet.Attributes;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>What planning a million partitions costs, in the worst case in which every other one is done: reading the cursor, finding what is left, cutting it into runs.</summary>
[MemoryDiagnoser]
public class PartitionPlanningBenchmarks
{
    private const int Partitions = 1_000_000;

    private string _cursor = "";

    [Params(1, 2)]
    public int DoneOfEvery { get; set; }

    [GlobalSetup]
    public void Setup() => _cursor = DoneOfEvery == 1
        ? IntervalSet.Of(0, Partitions / 2).ToString()
        : IntervalSet.Of(Enumerable.Range(0, Partitions / 2).Select(i => new Interval(i * 2L, (i * 2L) + 1))).ToString();

    [Benchmark]
    public long Plan()
    {
        var pending = IntervalSet.Of(0, Partitions).Except(IntervalSet.Parse(_cursor));
        return pending.Pieces(1).LongCount() + pending.Count;
    }
}
