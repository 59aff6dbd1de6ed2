using DataEngineX.Pipelines;

namespace DataEngineX.Testing;

/// <summary>A run that ended with memory still held: some operator neither yielded nor disposed a batch.</summary>
public sealed class MemoryLeakException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="statistics">What the run cost.</param>
    public MemoryLeakException(RunStatistics statistics)
        : base($"The run of '{statistics?.Pipeline}' ended with {statistics?.LeakedBytes} bytes held by its allocator.") =>
        Statistics = statistics!;

    /// <summary>What the run cost.</summary>
    public RunStatistics Statistics { get; }
}
