using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundExplode : BoundNode
{
    private readonly ExplodeNode _node;
    private readonly int[] _lists;
    private readonly HashSet<string> _exploded;

    private BoundExplode(ExplodeNode node, IReadOnlyList<BoundNode> inputs, Schema schema, int[] lists)
        : base(node, inputs, schema)
    {
        (_node, _lists, _exploded) = (node, lists, [.. node.Columns]);
        Lineage = new NodeLineage(
            schema.FieldsList.ToDictionary(f => f.Name, f => Edges(f.Name), StringComparer.Ordinal),
            node.KeepEmpty ? [] : [.. node.Columns.Select(c => new LineageEdge(0, c, LineageKind.Filter))]);
    }

    public override NodeLineage Lineage { get; }

    /// <summary>The rows made of one row stand together, so an order by the other columns holds.</summary>
    public override IReadOnlyList<OrderKey> Order => [.. Inputs[0].Order.TakeWhile(k => !_exploded.Contains(k.Column))];

    public static BoundExplode Create(ExplodeNode node, BindContext context)
    {
        var fields = context.Inputs[0].Schema.FieldsList.ToList();
        int[] lists = [.. node.Columns.Select(c => SchemaTools.Ordinal(context.Inputs[0].Schema, c, node.Operator))];
        foreach (var list in lists)
            fields[list] = ItemOf(fields[list], node);
        return new BoundExplode(node, context.Inputs, new Schema(fields, null), lists);
    }

    /// <summary>The lists make the rows: they are needed even where nobody wants their items.</summary>
    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(_exploded).ToHashSet(StringComparer.Ordinal);

    /// <summary>A condition on the other columns keeps or drops all rows made of a row.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate.ColumnNames().Any(_exploded.Contains) ? null : predicate;
    }

    public override Operator CreateOperator(OperatorContext context) => new ExplodeOperator(Schema, _lists, _node.KeepEmpty, context);

    private static Field ItemOf(Field field, ExplodeNode node) => field.DataType is ListType list
        ? new Field(field.Name, list.ValueDataType, node.KeepEmpty || list.ValueField.IsNullable)
        : throw new PlanException(
            $"'{field.Name}' is {ArrowTypes.NameOf(field.DataType)}; only lists have items to make rows of.", node.Operator, field.Name);

    private IReadOnlyList<LineageEdge> Edges(string column) =>
        [new LineageEdge(0, column, _exploded.Contains(column) ? LineageKind.Transformation : LineageKind.Identity)];
}
