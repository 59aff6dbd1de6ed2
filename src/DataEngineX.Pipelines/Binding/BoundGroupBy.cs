using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundGroupBy : BoundNode
{
    private readonly GroupPlan _plan;

    private BoundGroupBy(GroupByNode node, IReadOnlyList<BoundNode> inputs, GroupPlan plan)
        : base(node, inputs, plan.Schema)
    {
        _plan = plan;
        Lineage = LineageOf(node);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    public override RecomputeScope Recompute =>
        RecomputeScope.Affected([.. ((GroupByNode)Node).Keys.Select(k => k.Expression).OfType<ColumnExpr>().Select(c => c.Name)]);

    public override IReadOnlyList<OrderKey> Order => [];

    public static BoundGroupBy Create(GroupByNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        BoundExpression[] keys = [.. node.Keys.Select(k => context.Bind(k.Expression, input))];
        GroupAggregate[] aggregates = [.. node.Aggregates.Select(a => Bind(a, context, input))];
        var fields = node.Keys.Select((k, i) => KeyField(k, keys[i])).Concat(aggregates.Select(FieldOf));
        var columns = Enumerable.Range(0, keys.Length + aggregates.Length).ToArray();
        return new BoundGroupBy(
            node, context.Inputs, new GroupPlan(new Schema(fields, null), keys, aggregates, columns, RowFlow.Folded));
    }

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        _plan.Keys.Concat(_plan.Aggregates.SelectMany(a => new[] { a.Value, a.Other }).OfType<BoundExpression>())
            .SelectMany(e => e.Expression.ColumnNames()).ToHashSet(StringComparer.Ordinal);

    /// <summary>A condition on keys that are plain columns keeps or drops whole groups.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        var keys = ((GroupByNode)Node).Keys.Where(k => k.Expression is ColumnExpr).ToDictionary(k => k.Name, k => k.Expression, StringComparer.Ordinal);
        return keys.Count > 0 && predicate.ColumnNames() is { Count: > 0 } names && names.All(keys.ContainsKey)
            ? predicate.Rewrite(e => e is ColumnExpr column ? keys[column.Name] : e)
            : null;
    }

    public override Operator CreateOperator(OperatorContext context) => new GroupByOperator(_plan, context);

    private static GroupAggregate Bind(Aggregate aggregate, BindContext context, Schema input)
    {
        var value = aggregate.Value is null ? null : context.Bind(aggregate.Value, input);
        var other = aggregate.Other is null ? null : context.Bind(aggregate.Other, input);
        if (value is null && aggregate.Kind != AggregateKind.CountAll)
            throw new PlanException($"The column '{aggregate.Name}' needs a value; only a count of rows goes without.", "group_by", aggregate.Name);
        try
        {
            if (value is not null)
                AggregateTypes.Check(aggregate.Kind, AggregateTypes.Plain(value.Type), other is null ? null : AggregateTypes.Plain(other.Type), aggregate.Parameter);
            return new GroupAggregate(aggregate.Name, aggregate.Kind, value, other, aggregate.Parameter);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw new PlanException($"The column '{aggregate.Name}': {e.Message}", "group_by", aggregate.Name);
        }
    }

    private static Field KeyField(NamedExpr key, BoundExpression bound)
    {
        var field = BoundColumns.FieldOf(key, bound);
        try
        {
            return new Field(field.Name, GroupIndex.PlainTypes([bound.Type])[0], field.IsNullable);
        }
        catch (NotSupportedException)
        {
            throw new PlanException($"Rows cannot be grouped by '{key.Name}', which is {ArrowTypes.NameOf(bound.Type)}: {NestedKeys.Advice(bound.Type)}", "group_by", key.Name);
        }
    }

    private static Field FieldOf(GroupAggregate aggregate)
    {
        var kind = aggregate.Kind!.Value;
        var isCount = kind is AggregateKind.CountAll or AggregateKind.Count or AggregateKind.CountDistinct or AggregateKind.ApproximateCountDistinct;
        return new Field(aggregate.Name, GroupedAccumulator.OutputType(kind, aggregate.Value?.Type ?? Apache.Arrow.Types.Int64Type.Default), !isCount);
    }

    private static NodeLineage LineageOf(GroupByNode node)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var key in node.Keys)
            columns[key.Name] = LineageTools.OfExpression(key.Expression);
        foreach (var aggregate in node.Aggregates)
            columns[aggregate.Name] =
            [
                .. new[] { aggregate.Value, aggregate.Other }.OfType<Expr>()
                    .SelectMany(e => LineageTools.Indirect(e, LineageKind.Aggregation)).Distinct(),
            ];
        return new NodeLineage(columns, [.. node.Keys.SelectMany(k => LineageTools.Indirect(k.Expression, LineageKind.GroupBy)).Distinct()]);
    }
}
