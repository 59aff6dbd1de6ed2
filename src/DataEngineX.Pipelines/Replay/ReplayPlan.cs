using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The plan of a replay: that of the pipeline from its gate on, over the rows that the gate has set aside.</summary>
internal sealed record ReplayPlan(PlanNode Plan, QuarantineSource Source)
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="PlanException">The pipeline has no gate or several, or what it set aside cannot be read back.</exception>
    public static ReplayPlan Of(Pipeline pipeline, PlanNode plan, BoundNode bound)
    {
        if (pipeline.Target.ReplacesInPart)
            throw new PlanException($"there is nothing to replay into a target that is replaced: the next run computes its rows anew, or `run {pipeline.Name} --full` does.");
        var gates = PlanWalk.Nodes(bound).Where(n => n.Inputs.Count == 1 && n is not BoundContract && n.SideOutputs.Any(s => s.Name == SideOutput.Quarantine.Name)).ToList();
        if (gates.Count != 1)
            throw new PlanException(gates.Count == 0 ? "no gate of the pipeline sets rows aside that could be replayed." : "the pipeline has several gates, so that it is not known where a row set aside goes on.");
        var gate = gates[0];
        var input = gate.Inputs[0].Schema;
        if (input.FieldsList.FirstOrDefault(f => !CanRead(f.DataType)) is { } field)
            throw new PlanException($"rows with the column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be read back from quarantine.", gate.Node.Operator, field.Name);
        var source = new QuarantineSource(pipeline.Name, gate.Node.Operator, input);
        var rows = new SelectNode(
            new ScanNode(source, isIncremental: true),
            [.. input.FieldsList.Select(f => new NamedExpr(f.Name, f.DataType is StringType ? new ColumnExpr(f.Name) : new ColumnExpr(f.Name).Cast(f.DataType)))]);
        return new ReplayPlan(Replace(plan, gate.Node, gate.Node.WithInputs([rows])), source);
    }

    private static bool CanRead(IArrowType type) => type is not (BinaryType or DurationType) && Casts.CanCast(StringType.Default, type);

    private static PlanNode Replace(PlanNode root, PlanNode old, PlanNode replacement)
    {
        if (ReferenceEquals(root, old))
            return replacement;
        return root.Inputs.Count == 0 ? root : root.WithInputs([.. root.Inputs.Select(i => Replace(i, old, replacement))]);
    }
}
