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

            // One part: slices of it in parts of their own would share its memory between workers.
            return top is null ? BatchStream.Of([]) : BatchStream.Of([BatchPart.Of(top)]);
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
    }
}
