using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>What the suites of operators share: half a million observations in memory, as row objects and as a flow, and a reader that runs flows to their end.</summary>
[MemoryDiagnoser]
public abstract class EngineBenchmark
{
    protected const int Count = 500_000;
    private readonly FlowReader _reader = Observations.Reader();

    /// <summary>The rows as objects, for LINQ.</summary>
    private protected Observation[] Rows { get; } = Observations.Rows(Count);

    /// <summary>The same rows as batches.</summary>
    private protected Flow Source => _source ??= Flow.From(new BatchesSource(Observations.Batches(Rows)));

    private Flow? _source;

    /// <summary>Runs a flow, lets its batches go and counts its rows.</summary>
    private protected Task<long> DrainAsync(Flow flow) => Observations.DrainAsync(_reader, flow);
}
