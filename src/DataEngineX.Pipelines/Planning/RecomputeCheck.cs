using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Refuses stateful operators above an incremental read that would need to see the whole input.</summary>
internal static class RecomputeCheck
{
    public static void Demand(BoundNode root)
    {
        if (root.Recompute.Kind is RecomputeKind.WholeInput or RecomputeKind.AffectedKeys && PlanWalk.Nodes(root).OfType<BoundScan>().Any(s => s.Scan.IsIncremental))
        {
            throw new PlanException(
                "above an incremental read this operator would see new rows only, and its result would differ from a full run: "
                + "read the table in full, or move the operator to a pipeline that does.", root.Node.Operator);
        }

        foreach (var input in root.Inputs)
            Demand(input);
    }
}
