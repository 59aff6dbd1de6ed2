using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow.Memory;
using Apache.Arrow;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Runs the plans of an edit and keeps what each of their operators did, as text.</summary>
/// <param name="engine">Runs them.</param>
/// <param name="allocator">The memory of whoever makes the edit, whose budget the plans share; null for one of their own.</param>
internal sealed class PlanLog(FlowReader engine, MemoryAllocator? allocator)
{
    private readonly StringBuilder _text = new();

    /// <summary>Reads the rows of a plan.</summary>
    /// <param name="name">What it is for, in a word.</param>
    /// <param name="flow">The plan.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches, which the consumer owns.</returns>
    internal async IAsyncEnumerable<RecordBatch> RunAsync(string name, Flow flow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = await engine.OpenAsync(flow, allocator as TrackingAllocator, cancellationToken).ConfigureAwait(false);
        await foreach (var batch in run.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return batch;
        _text.Append(name).Append(":\n").Append(run.ExplainRun());
    }

    public override string ToString() => _text.ToString();
}
