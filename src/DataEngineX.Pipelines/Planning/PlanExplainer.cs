using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Writes a bound plan as text: one line an operator with memory behaviour, order and side outputs; what reached the scans stands on their lines.</summary>
internal static class PlanExplainer
{
    public static string Explain(BoundNode root, PipelineTarget? target = null)
    {
        var text = new StringBuilder();
        if (target is not null)
            text.Append(target.Disposition).Append(' ').Append(target.Dataset).Append('\n');
        Write(root, target is null ? 0 : 1, text);
        return text.ToString();
    }

    private static void Write(BoundNode node, int depth, StringBuilder text)
    {
        text.Append(' ', depth * 2).Append(node.Node).Append("  [").Append(Memory(node.Memory));
        if (node.Recompute.Kind != RecomputeKind.RowLocal)
            text.Append("; recomputes ").Append(Scope(node.Recompute));
        if (node.Order.Count > 0)
            text.Append("; ordered by ").AppendJoin(", ", node.Order);
        foreach (var side in node.SideOutputs)
            text.Append("; sets aside to ").Append(side.Name);
        text.Append("]\n").Append(' ', (depth * 2) + 2).Append("-> ").Append(Columns(node.Schema)).Append('\n');
        foreach (var input in node.Inputs)
            Write(input, depth + 1, text);
    }

    private static string Memory(MemoryBehavior memory) => memory switch
    {
        MemoryBehavior.Streaming => "streaming",
        MemoryBehavior.Buffered => "buffered",
        _ => "spilling",
    };

    private static string Scope(RecomputeScope scope) => scope.Kind switch
    {
        RecomputeKind.ThisRun => "this run only",
        RecomputeKind.AffectedKeys => "affected keys " + string.Join(", ", scope.Columns),
        _ => "the whole input",
    };

    private static string Columns(Schema schema) =>
        string.Join(", ", schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"));
}
