using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hash join of two inputs.</summary>
internal sealed class JoinOperator(JoinPlan plan, JoinFilters filters, EngineContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => new JoinStream(plan, filters, context, inputs);
}
