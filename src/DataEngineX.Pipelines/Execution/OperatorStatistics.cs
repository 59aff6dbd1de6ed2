using System.Diagnostics;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What one operator did in a run: rows, bytes, time and what it spilled. Thread-safe.</summary>
public sealed class OperatorStatistics
{
    private long _busyTicks;
    private long _outputBytes;
    private long _spilledBytes;
    private long _peakBytes;

    internal OperatorStatistics(BoundNode node)
        : this(node.Node.Operator, node is BoundScan, node.Memory)
    {
    }

    private OperatorStatistics(string name, bool isSource, MemoryBehavior memory) => (Operator, IsSource, Memory) = (name, isSource, memory);

    /// <summary>The operator's name.</summary>
    public string Operator { get; }

    /// <summary>Whether it reads a source.</summary>
    public bool IsSource { get; }

    /// <summary>Its row account.</summary>
    public RowAccount Rows { get; } = new();

    /// <summary>How it was planned to hold rows.</summary>
    public MemoryBehavior Memory { get; }

    /// <summary>The bytes of the batches it yielded.</summary>
    public long OutputBytes => Interlocked.Read(ref _outputBytes);

    /// <summary>The bytes it wrote to its scratch files; 0 when the memory budget sufficed.</summary>
    public long SpilledBytes => Interlocked.Read(ref _spilledBytes);

    /// <summary>The most bytes of state it held at once.</summary>
    public long PeakBytes => Interlocked.Read(ref _peakBytes);

    /// <summary>The time its threads worked for it, summed over threads, without the work of its inputs.</summary>
    public TimeSpan Busy => TimeSpan.FromSeconds(Math.Max(0, Interlocked.Read(ref _busyTicks)) / (double)Stopwatch.Frequency);

    /// <summary>What the same operator did in several steps of a run.</summary>
    internal static OperatorStatistics Sum(IReadOnlyList<OperatorStatistics> steps)
    {
        var sum = new OperatorStatistics(steps[0].Operator, steps[0].IsSource, steps[0].Memory);
        foreach (var step in steps)
        {
            foreach (var kind in Enum.GetValues<RowFlow>())
                sum.Rows.Add(kind, step.Rows[kind]);
            sum.AddBusy(Interlocked.Read(ref step._busyTicks));
            sum.AddOutput(step.OutputBytes);
            sum.AddSpilled(step.SpilledBytes);
            sum.RaisePeak(step.PeakBytes);
        }

        return sum;
    }

    internal void AddBusy(long ticks) => Interlocked.Add(ref _busyTicks, ticks);

    internal void AddOutput(long bytes) => Interlocked.Add(ref _outputBytes, bytes);

    internal void AddSpilled(long bytes) => Interlocked.Add(ref _spilledBytes, bytes);

    internal void RaisePeak(long bytes)
    {
        var peak = Interlocked.Read(ref _peakBytes);
        while (bytes > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peakBytes, bytes, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }
}
