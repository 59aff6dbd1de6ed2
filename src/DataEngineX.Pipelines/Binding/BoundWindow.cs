using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundWindow : BoundNode
{
    private readonly IReadOnlyList<BoundExpression?> _values;

    private BoundWindow(WindowNode node, IReadOnlyList<BoundNode> inputs, Schema schema, IReadOnlyList<BoundExpression?> values)
        : base(node, inputs, schema)
    {
        _values = values;
        Order = [.. node.PartitionBy.Select(p => new OrderKey(p)), .. node.OrderBy];
        Lineage = LineageOf(node, inputs[0].Schema);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

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

    public override Operator CreateOperator(OperatorContext context) => new WindowOperator(this, context);

    /// <summary>Frames are computed in double; a lag keeps its type.</summary>
    private static BoundExpression BindValue(WindowColumn column, BindContext context, Schema input)
    {
        var bound = context.Bind(column.Value!, input);
        if (column.Kind == WindowKind.Lag || SchemaTools.IsFloating(bound.Type))
            return column.Kind == WindowKind.Lag || bound.Type is DoubleType ? bound : context.Bind(column.Value!.Cast(DoubleType.Default), input);
        return SchemaTools.IsNumeric(bound.Type)
            ? context.Bind(column.Value!.Cast(DoubleType.Default), input)
            : throw new PlanException($"'{column.Name}' needs a number, not {ArrowTypes.NameOf(bound.Type)}.", "window", column.Name);
    }

    private static Field FieldOf(WindowColumn column, BoundExpression? value, Schema input)
    {
        if (input.FieldsList.Any(f => f.Name == column.Name))
            throw new PlanException($"There is a column '{column.Name}' already: name the window column otherwise with As.", "window", column.Name);
        return value is null ? new Field(column.Name, Int64Type.Default, nullable: false) : new Field(column.Name, value.Type, nullable: true);
    }

    private static NodeLineage LineageOf(WindowNode node, Schema input)
    {
        var passed = LineageTools.PassThrough(input.FieldsList.Select(f => f.Name)).Columns;
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(passed, StringComparer.Ordinal);
        foreach (var column in node.Columns)
            columns[column.Name] = column.Value is null ? [] : LineageTools.Indirect(column.Value, LineageKind.Window);
        return new NodeLineage(columns, [.. node.PartitionBy.Concat(node.OrderBy.Select(k => k.Column)).Select(c => new LineageEdge(0, c, LineageKind.Window))]);
    }

    private sealed class WindowOperator(BoundWindow window, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            RecordBatch result;
            using (var all = await BatchBuffer.ReadAllAsync(inputs[0], window.Inputs[0].Schema, context.Allocator, cancellationToken).ConfigureAwait(false))
            {
                using var sorted = Selection.Take(all, Sorting.Argsort(Keys(all)), context.Allocator);
                result = Compute(sorted);
            }

            foreach (var batch in BatchBuffer.TakeSlices(result, context.BatchRows))
                yield return batch;
        }

        private List<SortKey> Keys(RecordBatch batch) =>
            [.. window.Order.Select(k => new SortKey(batch.Column(SchemaTools.Ordinal(batch.Schema, k.Column)), k.Descending, k.NullsFirst))];

        private RecordBatch Compute(RecordBatch sorted)
        {
            var node = (WindowNode)window.Node;
            var starts = Windows.PartitionStarts([.. node.PartitionBy.Select(p => sorted.Column(SchemaTools.Ordinal(sorted.Schema, p)))], sorted.Length);
            var columns = new IArrowArray[window.Schema.FieldsList.Count];
            try
            {
                for (var i = 0; i < sorted.ColumnCount; i++)
                    columns[i] = ArrowArrayFactory.BuildArray(sorted.Column(i).Data.Retain());
                for (var i = 0; i < node.Columns.Count; i++)
                    columns[sorted.ColumnCount + i] = Column(node.Columns[i], window._values[i], sorted, starts);
                return new RecordBatch(window.Schema, columns, sorted.Length);
            }
            catch
            {
                foreach (var column in columns)
                    column?.Dispose();
                throw;
            }
        }

        private IArrowArray Column(WindowColumn column, BoundExpression? value, RecordBatch sorted, bool[] starts)
        {
            if (value is null)
                return Windows.RowNumber(starts, context.Allocator);
            using var values = value.Evaluate(sorted, context.Parameters, context.Allocator);
            return column.Kind switch
            {
                WindowKind.Lag => Windows.Lag(values, starts, column.Rows, context.Allocator),
                WindowKind.RollingMean => Windows.RollingMean((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingSum => Windows.RollingSum((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingMin => Windows.RollingMin((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                WindowKind.RollingMax => Windows.RollingMax((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
                _ => Windows.RollingStd((DoubleArray)values, starts, column.Rows, column.MinRows, context.Allocator),
            };
        }
    }
}
