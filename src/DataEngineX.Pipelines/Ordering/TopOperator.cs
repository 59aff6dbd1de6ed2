using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Finds the first rows of an order: each thread keeps its own, then those are put in order.</summary>
internal sealed class TopOperator(SortPlan plan, int rows, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(token => RunAsync(inputs[0], token));

    private async ValueTask<BatchStream> RunAsync(BatchStream input, CancellationToken cancellationToken)
    {
        var workers = await Workers.FoldAsync(input, (EngineContext)context, () => new TopWorker(plan, rows, context), cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var worker in workers.Skip(1))
                workers[0].TakeAll(worker);
            var top = workers[0].Finish();
            return top is null ? BatchStream.Of([]) : BatchStream.Of(Batches(top).Select(BatchPart.Of));
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
    }

    private IEnumerable<RecordBatch> Batches(RecordBatch top) => BatchBuffer.TakeSlices(top, context.BatchRows);
}
