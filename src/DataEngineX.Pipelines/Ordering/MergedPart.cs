using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A part that collects merged rows on the worker that reads it.</summary>
internal sealed class MergedPart(MergedRows rows, SortPlan plan, EngineContext context) : BatchPart
{
    private int _released;

    public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        yield return Restored.Of(rows.Collect(), plan.Schema, context.Allocator);
    }

    protected override void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            rows.Dispose();
    }
}
