using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A described pipeline: a plan that ends in a target, with its policies. Immutable and thread-safe.</summary>
public sealed class Pipeline
{
    internal Pipeline(string name, PlanNode plan, PipelineTarget target, PipelinePolicies policies)
    {
        Name = name;
        Plan = target.OnlyAppends ? PlanWalk.Rewrite(plan, scan => scan.With(appendsOnly: true, readsWhole: false)) : plan;
        Target = target;
        Policies = policies;
        Sources = PlanWalk.Sources(plan);
        Fingerprint = PlanFingerprint.Of(plan, target, policies.Contract);
    }

    /// <summary>The name, such as <c>weather.silver</c>.</summary>
    public string Name { get; }

    /// <summary>The root of the operator tree.</summary>
    public PlanNode Plan { get; }

    /// <summary>Where it ends.</summary>
    public PipelineTarget Target { get; }

    /// <summary>The promise about the target's age, or null.</summary>
    public FreshnessPolicy? Freshness => Policies.Freshness;

    /// <summary>What the pipeline promises and how its runs are tried.</summary>
    public PipelinePolicies Policies { get; }

    /// <summary>The sources read, each once, in order of appearance.</summary>
    public IReadOnlyList<BatchSource> Sources { get; }

    /// <summary>The datasets read, each once.</summary>
    public IReadOnlyList<DatasetId> Inputs => [.. Sources.Select(s => s.Dataset).Distinct()];

    /// <summary>How the reads are divided into partitions, or null when each run computes whatever is new.</summary>
    public PartitionedBy? Partition => PlanWalk.Scans(Plan).Select(s => s.Partition).FirstOrDefault(p => p is not null);

    /// <summary>The name of the lease that a run holds while it works. Runs of different partitions may work at once.</summary>
    /// <param name="partition">The partitions of the run as they were ordered, or null.</param>
    public string LeaseOf(string? partition) => Partition is null ? LeaseNames.OfPipeline(Name) : LeaseNames.OfPartition(Name, partition ?? "");

    /// <summary>Hash of the canonical form of plan and target, captured values included.</summary>
    public string Fingerprint { get; }
}
