using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Folds groups on all threads of a run.</summary>
internal sealed class GroupByOperator(GroupPlan plan, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) =>
        BatchStream.Defer(cancellationToken => new GroupFold(plan, (EngineContext)context).RunAsync(inputs[0], cancellationToken));
}
