using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundUnpivot : BoundNode
{
    private readonly UnpivotPlan _plan;
    private readonly HashSet<string> _kept;

    private BoundUnpivot(UnpivotNode node, IReadOnlyList<BoundNode> inputs, UnpivotPlan plan)
        : base(node, inputs, plan.Schema)
    {
        _plan = plan;
        _kept = [.. plan.Kept.Select(k => inputs[0].Schema.FieldsList[k].Name)];
        Lineage = LineageOf(node, inputs[0].Schema, plan);
    }

    public override NodeLineage Lineage { get; }

    /// <summary>The rows made of one row stand together, so an order by columns kept holds.</summary>
    public override IReadOnlyList<OrderKey> Order => [.. Inputs[0].Order.TakeWhile(k => _kept.Contains(k.Column))];

    public static BoundUnpivot Create(UnpivotNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        int[] values = [.. node.Values.Select(v => SchemaTools.Ordinal(input, v, node.Operator))];
        int[] kept = node.Keep is { } named
            ? [.. named.Select(k => SchemaTools.Ordinal(input, k, node.Operator))]
            : [.. Enumerable.Range(0, input.FieldsList.Count).Except(values)];
        foreach (var name in kept.Select(k => input.FieldsList[k].Name))
        {
            if (name == node.NameColumn || name == node.ValueColumn)
                throw new PlanException($"The column '{name}' is there already: choose other names for names and values.", node.Operator, name);
        }

        var type = CommonType(input, values, node.Operator);
        var nullable = !node.DropNulls && values.Any(v => input.FieldsList[v].IsNullable);
        var schema = new Schema(
            [
                .. kept.Select(k => input.FieldsList[k]), new Field(node.NameColumn, StringType.Default, false),
                new Field(node.ValueColumn, type, nullable),
            ],
            null);
        return new BoundUnpivot(node, context.Inputs, new UnpivotPlan(schema, kept, values, node.Values, type, node.DropNulls));
    }

    /// <summary>Value columns make the rows: they are needed even where nobody wants their values.</summary>
    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Where(_kept.Contains).Concat(_plan.Names).ToHashSet(StringComparer.Ordinal);

    /// <summary>A condition on columns kept keeps or drops all rows made of a row.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate.ColumnNames().All(_kept.Contains) ? predicate : null;
    }

    public override Operator CreateOperator(OperatorContext context) => new UnpivotOperator(_plan, context);

    private static IArrowType CommonType(Schema input, int[] values, string @operator)
    {
        var first = input.FieldsList[values[0]];
        var common = TypeRules.Plain(first.DataType);
        foreach (var field in values.Skip(1).Select(v => input.FieldsList[v]))
        {
            common = TypeRules.Common(common, field.DataType) is { } type && (ArrowTypes.Same(type, field.DataType) || Casts.CanCast(field.DataType, type))
                ? type
                : throw new PlanException(
                    $"'{field.Name}' is {ArrowTypes.NameOf(field.DataType)}, which has no common type with '{first.Name}' ({ArrowTypes.NameOf(common)}): cast one of them.",
                    @operator, field.Name);
        }

        return common is not NullType
            ? common
            : throw new PlanException($"The column '{first.Name}' is always null and has no type: cast it.", @operator, first.Name);
    }

    private static NodeLineage LineageOf(UnpivotNode node, Schema input, UnpivotPlan plan)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var kept in plan.Kept.Select(k => input.FieldsList[k].Name))
            columns[kept] = [new LineageEdge(0, kept, LineageKind.Identity)];
        columns[node.NameColumn] = [];
        columns[node.ValueColumn] =
        [
            .. plan.Values.Select(v => input.FieldsList[v]).Select(f => new LineageEdge(
                0, f.Name, ArrowTypes.Same(TypeRules.Plain(f.DataType), plan.Type) ? LineageKind.Identity : LineageKind.Transformation)),
        ];
        return new NodeLineage(columns, plan.DropNulls ? [.. plan.Names.Select(n => new LineageEdge(0, n, LineageKind.Filter))] : []);
    }
}
