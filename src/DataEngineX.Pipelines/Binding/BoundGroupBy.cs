using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundGroupBy : BoundNode
{
    private readonly IReadOnlyList<BoundExpression> _keys;
    private readonly IReadOnlyList<BoundExpression?> _values;

    private BoundGroupBy(GroupByNode node, IReadOnlyList<BoundNode> inputs, Schema schema, IReadOnlyList<BoundExpression> keys, IReadOnlyList<BoundExpression?> values)
        : base(node, inputs, schema)
    {
        _keys = keys;
        _values = values;
        Lineage = LineageOf(node);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlyList<OrderKey> Order => [];

    public static BoundGroupBy Create(GroupByNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        BoundExpression[] keys = [.. node.Keys.Select(k => context.Bind(k.Expression, input))];
        BoundExpression?[] values = [.. node.Aggregates.Select(a => a.Value is null ? null : context.Bind(a.Value, input))];
        var fields = node.Keys.Select((k, i) => BoundColumns.FieldOf(k, keys[i]))
            .Concat(node.Aggregates.Select((a, i) => FieldOf(a, values[i])));
        return new BoundGroupBy(node, context.Inputs, new Schema(fields, null), keys, values);
    }

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        _keys.Concat(_values.OfType<BoundExpression>()).SelectMany(e => e.Expression.ColumnNames()).ToHashSet(StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) =>
        new GroupByOperator(Schema, _keys, [.. ((GroupByNode)Node).Aggregates.Select(a => a.Kind)], _values, context);

    private static Field FieldOf(Aggregate aggregate, BoundExpression? value)
    {
        try
        {
            var type = GroupedAccumulator.OutputType(aggregate.Kind, value?.Type ?? Apache.Arrow.Types.Int64Type.Default);
            return new Field(aggregate.Name, type, aggregate.Kind is not (AggregateKind.CountAll or AggregateKind.Count or AggregateKind.CountDistinct));
        }
        catch (NotSupportedException e)
        {
            throw new PlanException($"The column '{aggregate.Name}': {e.Message}", "group_by", aggregate.Name);
        }
    }

    private static NodeLineage LineageOf(GroupByNode node)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var key in node.Keys)
            columns[key.Name] = LineageTools.OfExpression(key.Expression);
        foreach (var aggregate in node.Aggregates)
            columns[aggregate.Name] = aggregate.Value is null ? [] : LineageTools.Indirect(aggregate.Value, LineageKind.Aggregation);
        return new NodeLineage(columns, [.. node.Keys.SelectMany(k => LineageTools.Indirect(k.Expression, LineageKind.GroupBy)).Distinct()]);
    }
}
