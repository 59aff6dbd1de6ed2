using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundJoin : BoundNode, IKeyedJoin
{
    private readonly JoinNode _join;
    private readonly JoinPlan _plan;
    private readonly JoinColumns _columns;
    private readonly JoinCondition? _condition;

    private BoundJoin(
        JoinNode node, IReadOnlyList<BoundNode> inputs, JoinColumns columns,
        IReadOnlyList<BoundExpression> leftKeys, IReadOnlyList<BoundExpression> rightKeys, JoinCondition? condition)
        : base(node, inputs, new Schema(columns.Fields, null))
    {
        _join = node;
        _columns = columns;
        _condition = condition;
        Lineage = LineageOf();
        _plan = new JoinPlan(
            _join.Kind, BuildsLeft, Schema, [inputs[0].Schema, inputs[1].Schema], [leftKeys, rightKeys], columns.Origins, condition);
        Filters = JoinFilters.Of(_plan, inputs[_plan.ProbeInput]);
    }

    public override NodeLineage Lineage { get; }

    /// <summary>One side is held, the other streams; what does not fit is divided on disk.</summary>
    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    /// <summary>A new row on one side can change what old rows of the other give.</summary>
    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    JoinKind IKeyedJoin.Kind => _join.Kind;

    IReadOnlyList<Expr> IKeyedJoin.LeftKeys => _join.LeftKeys;

    IReadOnlyList<Expr> IKeyedJoin.RightKeys => _join.RightKeys;

    /// <summary>None is promised: it depends on which side is held and on whether it fits in memory.</summary>
    public override IReadOnlyList<OrderKey> Order => [];

    /// <summary>Whether the left side is held.</summary>
    public bool BuildsLeft => _join.BuildSide == JoinSide.Left;

    public static BoundJoin Create(JoinNode node, BindContext context)
    {
        var (left, right) = (context.Inputs[0].Schema, context.Inputs[1].Schema);
        var leftKeys = new BoundExpression[node.LeftKeys.Count];
        var rightKeys = new BoundExpression[node.RightKeys.Count];
        for (var i = 0; i < leftKeys.Length; i++)
            (leftKeys[i], rightKeys[i]) = BindPair(context, node.LeftKeys[i], left, node.RightKeys[i], right);
        return new BoundJoin(node, context.Inputs, JoinColumns.Output(node, left, right), leftKeys, rightKeys, BindCondition(node, context));
    }

    /// <summary>Each side keeps what is wanted of it under its own name, its keys, and what the condition looks at.</summary>
    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        var needed = (input == 0 ? _join.LeftKeys : _join.RightKeys).SelectMany(k => k.ColumnNames()).ToHashSet(StringComparer.Ordinal);
        _columns.AddNeeded(input, Inputs[input].Schema, wanted, needed);
        if (_condition is not null)
        {
            JoinColumns.Pair(_join, Inputs[0].Schema, Inputs[1].Schema).AddNeeded(
                input, Inputs[input].Schema, _join.Condition!.ColumnNames().ToHashSet(StringComparer.Ordinal), needed);
        }

        return needed;
    }

    /// <summary>A condition may be tested before the join on a side that no row without a partner is padded on.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var mayTest = _join.Kind switch
        {
            JoinKind.Inner or JoinKind.Cross => true,
            JoinKind.Left or JoinKind.Semi or JoinKind.Anti => input == 0,
            JoinKind.Right => input == 1,
            _ => false,
        };
        if (!mayTest || predicate.ColumnNames().Any(n => NameIn(input, n) is null))
            return null;
        return predicate.Rewrite(e => e is ColumnExpr column ? new ColumnExpr(NameIn(input, column.Name)!) : e);
    }

    /// <summary>What the join gives to scans once its held side is complete.</summary>
    public JoinFilters Filters { get; }

    /// <summary>
    /// The columns of the streamed side that come out as they are and are compared with nothing, by their names here and in the output.
    /// The side that is held is put together from many batches, and has none.
    /// </summary>
    public IEnumerable<(string Input, string Output)> ShownBy(int input)
    {
        if (input != _plan.ProbeInput)
            return [];
        var keys = (input == 0 ? _join.LeftKeys : _join.RightKeys).SelectMany(k => k.ColumnNames()).ToHashSet(StringComparer.Ordinal);
        return Inputs[input].Schema.FieldsList.Select(f => f.Name).Where(n => !keys.Contains(n))
            .SelectMany(n => _columns.NamesOut(input, n, Inputs[input].Schema).Select(o => (n, o)));
    }

    public override Operator CreateOperator(OperatorContext context) => new JoinOperator(_plan, Filters, (EngineContext)context);

    /// <summary>Two keys brought to one type.</summary>
    public static (BoundExpression Left, BoundExpression Right) BindPair(
        BindContext context, Expr leftKey, Schema left, Expr rightKey, Schema right, string @operator = "join")
    {
        var (l, r) = (context.Bind(leftKey, left), context.Bind(rightKey, right));
        DemandKey(leftKey, l, @operator);
        DemandKey(rightKey, r, @operator);
        if (ArrowTypes.Same(l.Type, r.Type))
            return (l, r);
        if (Conversions.ArithmeticType(l.Type, r.Type) is { } type)
            return (ArrowTypes.Same(l.Type, type) ? l : context.Bind(leftKey.Cast(type), left), ArrowTypes.Same(r.Type, type) ? r : context.Bind(rightKey.Cast(type), right));
        throw new PlanException($"The keys {leftKey} ({ArrowTypes.NameOf(l.Type)}) and {rightKey} ({ArrowTypes.NameOf(r.Type)}) cannot be compared: cast one of them.", @operator);
    }

    private static void DemandKey(Expr key, BoundExpression bound, string @operator)
    {
        if (NestedKeys.Is(bound.Type))
            throw new PlanException($"Rows cannot be joined by {key}, which is {ArrowTypes.NameOf(bound.Type)}: {NestedKeys.Advice(bound.Type)}", @operator);
    }

    private static JoinCondition? BindCondition(JoinNode node, BindContext context)
    {
        if (node.Condition is null)
            return null;
        var pair = JoinColumns.Pair(node, context.Inputs[0].Schema, context.Inputs[1].Schema);
        context.BindPredicate(node.Condition, new Schema(pair.Fields, null));
        var names = node.Condition.ColumnNames().ToHashSet(StringComparer.Ordinal);
        var used = Enumerable.Range(0, pair.Fields.Count).Where(i => names.Contains(pair.Fields[i].Name)).ToList();
        var schema = new Schema(used.Select(i => pair.Fields[i]), null);
        return new JoinCondition(context.BindPredicate(node.Condition, schema), schema, [.. used.Select(i => pair.Origins[i])]);
    }

    private string? NameIn(int input, string name) => _columns.NameIn(input, name, Inputs[input].Schema);

    private NodeLineage LineageOf()
    {
        var keys = _join.LeftKeys.SelectMany(k => LineageTools.Indirect(k, LineageKind.Join))
            .Concat(_join.RightKeys.SelectMany(k => LineageTools.Indirect(k, LineageKind.Join, input: 1)));
        return new NodeLineage(_columns.Lineage(Inputs[0].Schema, Inputs[1].Schema), [.. keys.Concat(ConditionLineage()).Distinct()]);
    }

    private IEnumerable<LineageEdge> ConditionLineage()
    {
        foreach (var origin in _condition?.Columns ?? [])
        {
            yield return origin.Left >= 0
                ? new LineageEdge(0, Inputs[0].Schema.FieldsList[origin.Left].Name, LineageKind.Join)
                : new LineageEdge(1, Inputs[1].Schema.FieldsList[origin.Right].Name, LineageKind.Join);
        }
    }
}
