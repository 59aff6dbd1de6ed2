using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A flow that ends in a target: what describes a pipeline.</summary>
public class PipelineEnd
{
    internal PipelineEnd(PlanNode node, PipelineTarget target, FreshnessPolicy? freshness = null)
    {
        Node = node;
        Target = target;
        Freshness = freshness;
    }

    /// <summary>The root of the plan.</summary>
    public PlanNode Node { get; }

    /// <summary>The target.</summary>
    public PipelineTarget Target { get; }

    /// <summary>The promise about the target's age, or null.</summary>
    public FreshnessPolicy? Freshness { get; }

    /// <summary>Promises that the target is never older than so much, judged by event time.</summary>
    /// <param name="column">The event-time column: a date or timestamp.</param>
    /// <param name="within">The greatest age.</param>
    public PipelineEnd FreshWithin(string column, TimeSpan within) => new(Node, Target, new FreshnessPolicy(column, within));
}
