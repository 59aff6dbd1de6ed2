using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Orders rows on all threads of a run.</summary>
internal sealed class SortOperator(SortPlan plan, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) =>
        BatchStream.Defer(cancellationToken => new SortFold(plan, (EngineContext)context).RunAsync(inputs[0], cancellationToken));
}
