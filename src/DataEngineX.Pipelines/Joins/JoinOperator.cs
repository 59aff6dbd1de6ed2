using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hash join of two inputs.</summary>
internal sealed class JoinOperator(JoinPlan plan, EngineContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => new JoinStream(plan, context, inputs);
}
