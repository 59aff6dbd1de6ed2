using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The plan of a replay: that of the pipeline over the rows that its gate and its contract have set aside, each from where it was set aside on.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Sources">Where the rows come from.</param>
/// <param name="Operators">The operators that set them aside, and would again.</param>
internal sealed record ReplayPlan(PlanNode Plan, IReadOnlyList<QuarantineSource> Sources, IReadOnlyList<string> Operators)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="plan">Its plan within its contract.</param>
    /// <param name="bound">The same, bound.</param>
    /// <param name="flow">The columns of its plan as described.</param>
    /// <exception cref="PlanException">The pipeline has neither gate nor contract, or several gates, or what it set aside cannot be read back.</exception>
    public static ReplayPlan Of(Pipeline pipeline, PlanNode plan, BoundNode bound, Schema flow)
    {
        if (pipeline.Target.ReplacesInPart)
            throw new PlanException($"there is nothing to replay into a target that is replaced: the next run computes its rows anew, or `run {pipeline.Name} --full` does.");
        var gates = PlanWalk.Nodes(bound).Where(n => n.Inputs.Count == 1 && n is not BoundContract && n.SideOutputs.Any(s => s.Name == SideOutput.Quarantine.Name)).ToList();
        if (gates.Count > 1)
            throw new PlanException("the pipeline has several gates, so that it is not known where a row set aside goes on.");
        if (gates.Count == 0 && pipeline.Policies.Contract is null)
            throw new PlanException("no gate of the pipeline sets rows aside that could be replayed.");
        var (sources, flows) = (new List<QuarantineSource>(), new List<PlanNode>());
        if (gates.Count == 1)
        {
            var rows = Rows(pipeline, gates[0].Node.Operator, gates[0].Inputs[0].Schema, sources);
            flows.Add(Replace(pipeline.Plan, gates[0].Node, gates[0].Node.WithInputs([rows])));
        }

        if (pipeline.Policies.Contract is not null)
            flows.Add(Rows(pipeline, ContractNode.OperatorName, flow, sources));
        var whole = Replace(plan, pipeline.Plan, flows.Count == 1 ? flows[0] : new UnionNode(flows));
        return new ReplayPlan(whole, sources, [.. gates.Select(g => g.Node.Operator), .. pipeline.Policies.Contract is null ? [] : new[] { ContractNode.OperatorName }]);
    }

    private static ScanNode Rows(Pipeline pipeline, string gate, Schema columns, List<QuarantineSource> sources)
    {
        if (columns.FieldsList.FirstOrDefault(f => !SetAsideCells.Supports(f.DataType)) is { } field)
            throw new PlanException($"rows with the column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be read back from quarantine.", gate, field.Name);
        sources.Add(new QuarantineSource(pipeline.Name, gate, columns));
        return new ScanNode(sources[^1], isIncremental: true);
    }

    private static PlanNode Replace(PlanNode root, PlanNode old, PlanNode replacement)
    {
        if (ReferenceEquals(root, old))
            return replacement;
        return root.Inputs.Count == 0 ? root : root.WithInputs([.. root.Inputs.Select(i => Replace(i, old, replacement))]);
    }
}
