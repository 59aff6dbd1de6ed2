using System.Globalization;
using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Writes bound plans as text: one line an operator with memory behaviour, order and side outputs; what reached the scans stands on their lines.
/// After a run each operator has a line of what it did.
/// </summary>
internal static class PlanExplainer
{
    private static readonly Dictionary<BoundNode, FileSelection> NoFiles = [];

    public static string Explain(
        BoundNode described, BoundNode root, IReadOnlyDictionary<BoundNode, FileSelection> files, PipelineTarget? target = null)
    {
        var text = new StringBuilder("as described:\n");
        WriteTree(described, target, 1, null, NoFiles, text);
        text.Append("as run:\n");
        WriteTree(root, target, 1, null, files, text);
        return text.ToString();
    }

    /// <summary>The plan of a pipeline, with how its runs are tried.</summary>
    public static string Explain(PreparedRun prepared, IReadOnlyDictionary<BoundNode, FileSelection> files)
    {
        var text = new StringBuilder(Explain(prepared.Described, prepared.Root, files, prepared.Pipeline.Target));
        var policies = prepared.Pipeline.Policies;
        if (prepared.Pipeline.Target.Key is { Count: > 0 } own)
            text.Append("key: ").AppendJoin(", ", own).Append("; one row of each in the target\n");
        else if (policies.Key is { } key)
            text.Append("key: ").AppendJoin(", ", key).Append("; one row of each in the flow and the target\n");
        if (policies.Unkeyed is { } because)
            text.Append("no key: ").Append(because).Append('\n');
        if (policies.Retry is { } retry)
            text.Append("retry: ").Append(retry).Append('\n');
        if (policies.Deadline is { } deadline)
            text.Append("deadline: ").Append(deadline.ToString("c", CultureInfo.InvariantCulture)).Append(" from the start of the run\n");
        if (policies.Checkpoint is { } checkpoint)
            text.Append("checkpoints: after ").Append(checkpoint).Append("; ").Append(Steps(prepared)).Append('\n');
        if (policies.ErrorBudget is { } budget)
            text.Append("error budget: ").Append(budget).Append('\n');
        return text.ToString();
    }

    private static string Steps(PreparedRun prepared) => prepared.Next switch
    {
        null => "one step",
        { Partition: { } rest } => $"the first step is {prepared.Partitions!.Name}, then {rest}",
        var next => string.Create(CultureInfo.InvariantCulture, $"{prepared.Pins.Steps.Count + 1:N0} steps, the first to {next.Scans.First(s => s is { IsIncremental: true, Input.HasData: true }).Input.Since}"),
    };

    public static string ExplainRun(BoundNode root, RunScope scope, PipelineTarget? target = null)
    {
        var text = new StringBuilder();
        WriteTree(root, target, 0, scope, NoFiles, text);
        return text.ToString();
    }

    private static void WriteTree(
        BoundNode root, PipelineTarget? target, int depth, RunScope? scope, IReadOnlyDictionary<BoundNode, FileSelection> files, StringBuilder text)
    {
        if (target is not null)
            text.Append(' ', depth++ * 2).Append(target.Disposition).Append(' ').Append(target.Dataset).Append('\n');
        Write(root, depth, scope, files, text);
    }

    private static void Write(
        BoundNode node, int depth, RunScope? scope, IReadOnlyDictionary<BoundNode, FileSelection> files, StringBuilder text)
    {
        var did = scope?.StatisticsOf(node);
        text.Append(' ', depth * 2).Append(node.Node).Append("  [").Append(did is { SpilledBytes: > 0 } ? "spilled" : Memory(node.Memory));
        if (node is BoundJoin join)
            text.Append("; holds the ").Append(join.BuildsLeft ? "left" : "right").Append(" side").Append(Given(join));
        if (node is BoundAsOfJoin)
            text.Append("; holds the right side");
        if (node.Recompute.Kind != RecomputeKind.RowLocal)
            text.Append("; recomputes ").Append(Scope(node.Recompute));
        if (node.Order.Count > 0)
            text.Append("; ordered by ").AppendJoin(", ", node.Order);
        foreach (var side in node.SideOutputs)
            text.Append("; sets aside to ").Append(side.Name);
        if (node is BoundScan { Scan.Size.Rows: { } rows })
            text.Append(CultureInfo.InvariantCulture, $"; about {rows:N0} rows");
        if (files.TryGetValue(node, out var selected))
            text.Append(CultureInfo.InvariantCulture, $"; reads {selected.Read:N0} of {selected.Files:N0} files").Append(Rows(selected));
        text.Append("]\n").Append(' ', (depth * 2) + 2).Append("-> ").Append(Columns(node.Schema)).Append('\n');
        if (did is not null)
            text.Append(' ', (depth * 2) + 2).Append("-> ").Append(OperatorReport.Of(did)).Append('\n');
        foreach (var input in node.Inputs)
            Write(input, depth + 1, scope, files, text);
    }

    private static string Rows(FileSelection selected) =>
        selected.Rows is { } rows ? string.Create(CultureInfo.InvariantCulture, $" with {rows:N0} rows") : "";

    private static string Given(BoundJoin join) => string.Concat(
        join.Filters.Targets.Select(t => $"; gives a filter on {t.Column} to the scan of {t.Scan.Scan.Source.Dataset}").Distinct());

    private static string Memory(MemoryBehavior memory) => memory switch
    {
        MemoryBehavior.Streaming => "streaming",
        MemoryBehavior.Buffered => "buffered",
        _ => "buffered, spills when over its share",
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
