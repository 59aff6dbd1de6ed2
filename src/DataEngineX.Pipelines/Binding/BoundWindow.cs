using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundWindow : BoundNode
{
    private readonly IReadOnlyList<BoundExpression?> _values;
    private readonly SortPlan _plan;

    private BoundWindow(WindowNode node, IReadOnlyList<BoundNode> inputs, Schema schema, IReadOnlyList<BoundExpression?> values)
        : base(node, inputs, schema)
    {
        _values = values;
        Order = [.. node.PartitionBy.Select(p => new OrderKey(p)), .. node.OrderBy];
        _plan = new SortPlan(inputs[0].Schema, Order, node.Operator);
        Lineage = LineageOf(node, inputs[0].Schema);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlyList<OrderKey> Order { get; }

    public static BoundWindow Create(WindowNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        foreach (var column in node.PartitionBy.Concat(node.OrderBy.Select(k => k.Column)))
            SchemaTools.Ordinal(input, column, node.Operator);
        BoundExpression?[] values = [.. node.Columns.Select(c => c.Value is null ? null : BindValue(c, context, input))];
        var added = node.Columns.Select((c, i) => FieldOf(c, values[i], input));
        return new BoundWindow(node, context.Inputs, new Schema(input.FieldsList.Concat(added), null), values);
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

    public override Operator CreateOperator(OperatorContext context) => new WindowOperator(this, context);

    private static bool KeepsType(WindowKind kind) => kind is WindowKind.Lag or WindowKind.Lead or WindowKind.First or WindowKind.Last;

    /// <summary>Rolling frames are computed in double; values of other rows keep their type, a running sum of integers is exact.</summary>
    private static BoundExpression BindValue(WindowColumn column, BindContext context, Schema input)
    {
        var bound = context.Bind(column.Value!, input);
        if (KeepsType(column.Kind) || column.Kind == WindowKind.RunningCount || bound.Type is DoubleType
            || (column.Kind == WindowKind.RunningSum && PhysicalTypes.IsInteger(bound.Type)))
        {
            return bound;
        }

        return SchemaTools.IsNumeric(bound.Type)
            ? context.Bind(column.Value!.Cast(DoubleType.Default), input)
            : throw new PlanException($"'{column.Name}' needs a number, not {ArrowTypes.NameOf(bound.Type)}.", "window", column.Name);
    }

    private static Field FieldOf(WindowColumn column, BoundExpression? value, Schema input)
    {
        if (input.FieldsList.Any(f => f.Name == column.Name))
            throw new PlanException($"There is a column '{column.Name}' already: name the window column otherwise with As.", "window", column.Name);
        return column.Kind switch
        {
            WindowKind.PercentRank => new Field(column.Name, DoubleType.Default, nullable: false),
            WindowKind.RunningSum => new Field(column.Name, GroupedAccumulator.OutputType(AggregateKind.Sum, value!.Type), nullable: true),
            WindowKind.RunningCount => new Field(column.Name, Int64Type.Default, nullable: false),
            _ => value is null ? new Field(column.Name, Int64Type.Default, nullable: false) : new Field(column.Name, value.Type, nullable: true),
        };
    }

    private static NodeLineage LineageOf(WindowNode node, Schema input)
    {
        var passed = LineageTools.PassThrough(input.FieldsList.Select(f => f.Name)).Columns;
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(passed, StringComparer.Ordinal);
        foreach (var column in node.Columns)
            columns[column.Name] = column.Value is null ? [] : LineageTools.Indirect(column.Value, LineageKind.Window);
        return new NodeLineage(columns, [.. node.PartitionBy.Concat(node.OrderBy.Select(k => k.Column)).Select(c => new LineageEdge(0, c, LineageKind.Window))]);
    }

    private sealed class WindowOperator(BoundWindow window, OperatorContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(cancellationToken =>
        {
            var engine = (EngineContext)context;
            var groups = new WholeGroups(window._plan, ((WindowNode)window.Node).PartitionBy.Count, Compute, engine);
            return new SortFold(window._plan, engine, groups).RunAsync(inputs[0], cancellationToken);
        });

        private RecordBatch Compute(RecordBatch sorted)
        {
            var node = (WindowNode)window.Node;
            var starts = Windows.PartitionStarts([.. node.PartitionBy.Select(p => sorted.Column(SchemaTools.Ordinal(sorted.Schema, p)))], sorted.Length);
            var peers = Windows.PartitionStarts([.. window._plan.Orders.Select(o => sorted.Column(o.Column))], sorted.Length);
            var columns = new IArrowArray[window.Schema.FieldsList.Count];
            try
            {
                for (var i = 0; i < sorted.ColumnCount; i++)
                    columns[i] = ArrowArrayFactory.BuildArray(sorted.Column(i).Data.Retain());
                for (var i = 0; i < node.Columns.Count; i++)
                    columns[sorted.ColumnCount + i] = Named(node.Columns[i], window._values[i], sorted, starts, peers);
                return new RecordBatch(window.Schema, columns, sorted.Length);
            }
            catch
            {
                foreach (var column in columns)
                    column?.Dispose();
                throw;
            }
        }

        private IArrowArray Named(WindowColumn column, BoundExpression? value, RecordBatch sorted, bool[] starts, bool[] peers)
        {
            try
            {
                return Column(column, value, sorted, starts, peers);
            }
            catch (Exception e) when (Faults.IsNameless(e))
            {
                throw Faults.At(window.Node.Operator, column.Name, e);
            }
        }

        private IArrowArray Column(WindowColumn column, BoundExpression? value, RecordBatch sorted, bool[] starts, bool[] peers)
        {
            if (value is null)
                return Ranking(column, starts, peers);
            using var values = value.Evaluate(sorted, context.Parameters, context.Allocator);
            return column.Kind switch
            {
                WindowKind.Lag => Windows.Lag(values, starts, column.Rows, context.Allocator),
                WindowKind.Lead => Windows.Lag(values, starts, -column.Rows, context.Allocator),
                WindowKind.First => Windows.First(values, starts, context.Allocator),
                WindowKind.Last => Windows.Last(values, starts, context.Allocator),
                WindowKind.RunningSum => Windows.CumulativeSum(values, starts, context.Allocator),
                WindowKind.RunningMean => Windows.CumulativeMean(values, starts, context.Allocator),
                WindowKind.RunningCount => Windows.CumulativeCount(values, starts, context.Allocator),
                WindowKind.RollingMean => Windows.RollingMean((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingSum => Windows.RollingSum((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingMin => Windows.RollingMin((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingMax => Windows.RollingMax((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                _ => Windows.RollingStd((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
            };
        }

        private IArrowArray Ranking(WindowColumn column, bool[] starts, bool[] peers) => column.Kind switch
        {
            WindowKind.Rank => Windows.Rank(starts, peers, context.Allocator),
            WindowKind.DenseRank => Windows.DenseRank(starts, peers, context.Allocator),
            WindowKind.PercentRank => Windows.PercentRank(starts, peers, context.Allocator),
            WindowKind.Tile => Windows.Tile(starts, column.Rows, context.Allocator),
            _ => Windows.RowNumber(starts, context.Allocator),
        };
    }
}
