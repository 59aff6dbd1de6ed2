using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundWindow : BoundNode
{
    private readonly WindowPlan _plan;

    private BoundWindow(WindowNode node, IReadOnlyList<BoundNode> inputs, WindowPlan plan, IReadOnlyList<OrderKey> order)
        : base(node, inputs, plan.Schema)
    {
        _plan = plan;
        Order = order;
        Lineage = LineageOf(node, inputs[0].Schema);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    public override RecomputeScope Recompute => RecomputeScope.Affected(((WindowNode)Node).PartitionBy);

    public override IReadOnlyList<OrderKey> Order { get; }

    public static BoundWindow Create(WindowNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        foreach (var column in node.PartitionBy.Concat(node.OrderBy.Select(k => k.Column)))
            SchemaTools.Ordinal(input, column, node.Operator);
        foreach (var column in node.Columns)
            DemandFree(column.Name, input);
        var functions = node.Columns.Select(c => WindowFunction.Bind(c, node, context)).ToList();
        IReadOnlyList<OrderKey> order = [.. node.PartitionBy.Select(p => new OrderKey(p)), .. node.OrderBy];
        return new BoundWindow(node, context.Inputs, new WindowPlan(node, input, order, functions), order);
    }

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        var node = (WindowNode)Node;
        var added = node.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return wanted.Where(w => !added.Contains(w)).Concat(node.PartitionBy).Concat(node.OrderBy.Select(k => k.Column))
            .Concat(node.Columns.Where(c => c.Value is not null).SelectMany(c => c.Value!.ColumnNames())).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A condition on partitions alone keeps or drops whole partitions, so it may be tested before.</summary>
    public override Expr? PushDown(Expr predicate, int input) =>
        predicate.ColumnNames().All(((WindowNode)Node).PartitionBy.Contains) ? predicate : null;

    public override Operator CreateOperator(OperatorContext context) => new WindowOperator(_plan, context);

    private static void DemandFree(string name, Schema input)
    {
        if (input.FieldsList.Any(f => f.Name == name))
            throw new PlanException($"There is a column '{name}' already: name the window column otherwise with As.", "window", name);
    }

    private static NodeLineage LineageOf(WindowNode node, Schema input)
    {
        var passed = LineageTools.PassThrough(input.FieldsList.Select(f => f.Name)).Columns;
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(passed, StringComparer.Ordinal);
        foreach (var column in node.Columns)
            columns[column.Name] = column.Value is null ? [] : LineageTools.Indirect(column.Value, LineageKind.Window);
        return new NodeLineage(columns, [.. node.PartitionBy.Concat(node.OrderBy.Select(k => k.Column)).Select(c => new LineageEdge(0, c, LineageKind.Window))]);
    }

    private sealed class WindowOperator(WindowPlan plan, OperatorContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(cancellationToken =>
        {
            var engine = (EngineContext)context;
            return new SortFold(plan.Sort, engine, new WholeGroups(plan, engine)).RunAsync(inputs[0], cancellationToken);
        });
    }
}
