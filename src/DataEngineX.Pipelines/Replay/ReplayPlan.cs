using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// The plan of a replay: that of the pipeline over the rows that its readers, its gate and its contract have set aside, each from where it was set aside on.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Sources">Where the rows come from.</param>
/// <param name="Operators">The operators that set them aside, and would again.</param>
internal sealed record ReplayPlan(PlanNode Plan, IReadOnlyList<ReplaySource> Sources, IReadOnlyList<string> Operators)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="plan">Its plan within its contract.</param>
    /// <param name="bound">The same, bound.</param>
    /// <param name="flow">The columns of its plan as described.</param>
    /// <param name="schemas">The columns of its sources.</param>
    /// <exception cref="PlanException">Nothing in the pipeline sets rows aside, or it has several gates, or what it set aside cannot be read back.</exception>
    public static ReplayPlan Of(Pipeline pipeline, PlanNode plan, BoundNode bound, Schema flow, IReadOnlyDictionary<BatchSource, Schema> schemas)
    {
        if (pipeline.Target.ReplacesInPart)
            throw new PlanException($"there is nothing to replay into a target that is replaced: the next run computes its rows anew, or `run {pipeline.Name} --full` does.");
        var gates = PlanWalk.Nodes(bound).Where(n => n.Inputs.Count == 1 && n is not BoundContract && n.SideOutputs.Any(s => s.Name == SideOutput.Quarantine.Name)).ToList();
        if (gates.Count > 1)
            throw new PlanException("the pipeline has several gates, so that it is not known where a row set aside goes on.");
        var reads = RefusedReads.Of(bound);
        if (gates.Count == 0 && reads.Count == 0 && pipeline.Policies.Contract is null)
            throw new PlanException("no gate, contract or reader of the pipeline sets rows aside that could be replayed.");
        var draft = new Draft(pipeline, schemas);
        foreach (var read in reads)
            draft.Add(read, reads);
        if (gates.Count == 1)
            draft.Add(gates[0].Node, draft.Rows(gates[0].Node.Operator, gates[0].Inputs[0].Schema));
        if (pipeline.Policies.Contract is not null)
            draft.Flows.Add(draft.Rows(ContractNode.OperatorName, flow));
        var whole = Draft.Replace(plan, pipeline.Plan, draft.Flows.Count == 1 ? draft.Flows[0] : new UnionNode(draft.Flows));
        return new ReplayPlan(
            whole, draft.Sources,
            [
                .. reads.Select(r => r.Source.RefusedBy!).Distinct(StringComparer.Ordinal),
                .. gates.Select(g => g.Node.Operator),
                .. pipeline.Policies.Contract is null ? [] : new[] { ContractNode.OperatorName },
            ]);
    }

    /// <summary>The flows of a replay, one for each operator that has set rows aside.</summary>
    private sealed class Draft(Pipeline pipeline, IReadOnlyDictionary<BatchSource, Schema> schemas)
    {
        public List<ReplaySource> Sources { get; } = [];

        public List<PlanNode> Flows { get; } = [];

        /// <summary>The flow of the rows that a reader has refused.</summary>
        public void Add(ScanNode read, IReadOnlyList<ScanNode> reads)
        {
            var siblings = reads.Where(r => r.Source.RefusedBy == read.Source.RefusedBy).Select(r => r.Source.Dataset.ToString()).ToList();
            var isKeeper = siblings[0] == read.Source.Dataset.ToString();
            Sources.Add(new RefusedSource(pipeline.Name, read.Source, schemas[read.Source], isKeeper, siblings.ToHashSet(StringComparer.Ordinal)));
            Flows.Add(Alone(pipeline.Plan, read, new ScanNode(Sources[^1], isIncremental: true))!);
        }

        /// <summary>The flow of the rows that an operator has set aside.</summary>
        public void Add(PlanNode gate, ScanNode rows) => Flows.Add(Alone(pipeline.Plan, gate, gate.WithInputs([rows]))!);

        /// <summary>The rows that an operator has set aside.</summary>
        public ScanNode Rows(string gate, Schema columns)
        {
            if (columns.FieldsList.FirstOrDefault(f => !SetAsideCells.Supports(f.DataType)) is { } field)
                throw new PlanException($"rows with the column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be read back from quarantine.", gate, field.Name);
            Sources.Add(new QuarantineSource(pipeline.Name, gate, columns));
            return new ScanNode(Sources[^1], isIncremental: true);
        }

        public static PlanNode Replace(PlanNode root, PlanNode old, PlanNode replacement)
        {
            if (ReferenceEquals(root, old))
                return replacement;
            return root.Inputs.Count == 0 ? root : root.WithInputs([.. root.Inputs.Select(i => Replace(i, old, replacement))]);
        }

        /// <summary>The plan with a node replaced, and no rows in the other branches of unions above it: theirs have come already. Null where the node is not.</summary>
        private PlanNode? Alone(PlanNode root, PlanNode old, PlanNode replacement)
        {
            if (ReferenceEquals(root, old))
                return replacement;
            PlanNode?[] inputs = [.. root.Inputs.Select(i => Alone(i, old, replacement))];
            return inputs.All(i => i is null)
                ? null
                : root.WithInputs([.. inputs.Select((input, i) => input ?? (root is UnionNode ? PlanWalk.Rewrite(root.Inputs[i], Nothing) : root.Inputs[i]))]);
        }

        private ScanNode Nothing(ScanNode scan)
        {
            Sources.Add(new NothingSource(pipeline.Name, scan.Source, schemas[scan.Source]));
            return new ScanNode(Sources[^1], isIncremental: true);
        }
    }
}
