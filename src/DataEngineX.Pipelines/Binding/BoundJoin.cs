using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundJoin : BoundNode
{
    private readonly IReadOnlyList<BoundExpression> _leftKeys;
    private readonly IReadOnlyList<BoundExpression> _rightKeys;
    private readonly IReadOnlyList<int> _rightColumns;

    private BoundJoin(
        JoinNode node, IReadOnlyList<BoundNode> inputs, Schema schema, IReadOnlyList<int> rightColumns,
        IReadOnlyList<BoundExpression> leftKeys, IReadOnlyList<BoundExpression> rightKeys)
        : base(node, inputs, schema)
    {
        _leftKeys = leftKeys;
        _rightKeys = rightKeys;
        _rightColumns = rightColumns;
        Lineage = LineageOf(node, inputs, schema, rightColumns);
    }

    public override NodeLineage Lineage { get; }

    /// <summary>The right side is held; the left side streams.</summary>
    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

    /// <summary>A new row on the right can change what old rows on the left give.</summary>
    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlyList<OrderKey> Order => Inputs[0].Order;

    public static BoundJoin Create(JoinNode node, BindContext context)
    {
        var (left, right) = (context.Inputs[0].Schema, context.Inputs[1].Schema);
        var leftKeys = new BoundExpression[node.LeftKeys.Count];
        var rightKeys = new BoundExpression[node.RightKeys.Count];
        for (var i = 0; i < leftKeys.Length; i++)
            (leftKeys[i], rightKeys[i]) = BindPair(context, node.LeftKeys[i], left, node.RightKeys[i], right);
        var rightColumns = RightColumns(node, left, right);
        var fields = left.FieldsList.Concat(rightColumns.Select(c => RightField(node, left, right.FieldsList[c])));
        return new BoundJoin(node, context.Inputs, new Schema(fields, null), rightColumns, leftKeys, rightKeys);
    }

    /// <summary>Left keeps what is wanted of it and its keys; right what is wanted under its own or its suffixed name, and its keys.</summary>
    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        var node = (JoinNode)Node;
        var keys = (input == 0 ? node.LeftKeys : node.RightKeys).SelectMany(k => k.ColumnNames());
        var names = input == 0
            ? Inputs[0].Schema.FieldsList.Select(f => f.Name).Where(wanted.Contains)
            : _rightColumns.Select((c, i) => (Inner: Inputs[1].Schema.FieldsList[c].Name, Outer: Schema.FieldsList[Inputs[0].Schema.FieldsList.Count + i].Name))
                .Where(c => wanted.Contains(c.Outer)).Select(c => c.Inner);

        // A suffixed name exists only because the left column is there: it must stay for the name to stay.
        var collisions = input == 0
            ? wanted.Where(w => w.EndsWith(Suffix, StringComparison.Ordinal)).Select(w => w[..^Suffix.Length])
                .Where(n => Inputs[0].Schema.FieldsList.Any(f => f.Name == n))
            : [];
        return names.Concat(keys).Concat(collisions).ToHashSet(StringComparer.Ordinal);
    }

    public override Operator CreateOperator(OperatorContext context) =>
        new JoinOperator(((JoinNode)Node).Kind, Schema, Inputs[1].Schema, _leftKeys, _rightKeys, _rightColumns, context);

    private const string Suffix = "_right";

    private static (BoundExpression Left, BoundExpression Right) BindPair(BindContext context, Expr leftKey, Schema left, Expr rightKey, Schema right)
    {
        var (l, r) = (context.Bind(leftKey, left), context.Bind(rightKey, right));
        if (ArrowTypes.Same(l.Type, r.Type))
            return (l, r);
        if (Conversions.ArithmeticType(l.Type, r.Type) is { } type)
            return (context.Bind(leftKey.Cast(type), left), context.Bind(rightKey.Cast(type), right));
        throw new PlanException($"The keys {leftKey} ({ArrowTypes.NameOf(l.Type)}) and {rightKey} ({ArrowTypes.NameOf(r.Type)}) cannot be compared: cast one of them.", "join");
    }

    private static List<int> RightColumns(JoinNode node, Schema left, Schema right)
    {
        if (node.Kind is JoinKind.Semi or JoinKind.Anti)
            return [];
        var columns = new List<int>();
        for (var i = 0; i < right.FieldsList.Count; i++)
        {
            var name = right.FieldsList[i].Name;
            var isSharedKey = node.RightKeys.Select((k, j) => (Right: k, Left: node.LeftKeys[j]))
                .Any(k => k.Right is ColumnExpr r && r.Name == name && k.Left is ColumnExpr l && l.Name == name);
            if (!isSharedKey)
                columns.Add(i);
        }

        return columns;
    }

    private static Field RightField(JoinNode node, Schema left, Field field)
    {
        var name = left.FieldsList.Any(f => f.Name == field.Name) ? field.Name + Suffix : field.Name;
        return left.FieldsList.Any(f => f.Name == name)
            ? throw new PlanException($"Both sides have a column '{field.Name}', and '{name}' is taken too: rename one before the join.", "join", field.Name)
            : new Field(name, field.DataType, field.IsNullable || node.Kind == JoinKind.Left);
    }

    private static NodeLineage LineageOf(JoinNode node, IReadOnlyList<BoundNode> inputs, Schema schema, IReadOnlyList<int> rightColumns)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        var left = inputs[0].Schema.FieldsList;
        foreach (var field in left)
            columns[field.Name] = [new LineageEdge(0, field.Name, LineageKind.Identity)];
        for (var i = 0; i < rightColumns.Count; i++)
            columns[schema.FieldsList[left.Count + i].Name] = [new LineageEdge(1, inputs[1].Schema.FieldsList[rightColumns[i]].Name, LineageKind.Identity)];
        var keys = node.LeftKeys.SelectMany(k => LineageTools.Indirect(k, LineageKind.Join))
            .Concat(node.RightKeys.SelectMany(k => LineageTools.Indirect(k, LineageKind.Join, input: 1)));
        return new NodeLineage(columns, [.. keys.Distinct()]);
    }
}
