using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundAsOfJoin : BoundNode, IKeyedJoin
{
    private const string Name = "as_of_join";

    private readonly AsOfJoinNode _join;
    private readonly JoinColumns _columns;
    private readonly JoinPlan _plan;
    private readonly AsOfUnion _union;

    private BoundAsOfJoin(AsOfJoinNode node, IReadOnlyList<BoundNode> inputs, JoinColumns columns, IReadOnlyList<BoundExpression>[] keys, AsOfRule rule)
        : base(node, inputs, new Schema(columns.Fields, null))
    {
        _join = node;
        _columns = columns;
        _plan = new JoinPlan(node.Kind, BuildsLeft: false, Schema, [inputs[0].Schema, inputs[1].Schema], keys, columns.Origins, Condition: null) { AsOf = rule };
        _union = new AsOfUnion(_plan);
        Lineage = LineageOf();
    }

    public override NodeLineage Lineage { get; }

    /// <summary>The right side is held; what does not fit is ordered on disk together with the left one.</summary>
    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    /// <summary>A new right row can become the partner of old left rows.</summary>
    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    JoinKind IKeyedJoin.Kind => _join.Kind;

    IReadOnlyList<Expr> IKeyedJoin.LeftKeys => _join.LeftKeys;

    IReadOnlyList<Expr> IKeyedJoin.RightKeys => _join.RightKeys;

    /// <summary>None is promised: on disk the rows are ordered by the keys.</summary>
    public override IReadOnlyList<OrderKey> Order => [];

    public static BoundAsOfJoin Create(AsOfJoinNode node, BindContext context)
    {
        var (left, right) = (context.Inputs[0].Schema, context.Inputs[1].Schema);
        var leftKeys = new BoundExpression[node.LeftKeys.Count + 1];
        var rightKeys = new BoundExpression[node.RightKeys.Count + 1];
        for (var i = 0; i < node.LeftKeys.Count; i++)
            (leftKeys[i], rightKeys[i]) = BoundJoin.BindPair(context, node.LeftKeys[i], left, node.RightKeys[i], right, Name);
        var (leftTime, rightTime) = BoundJoin.BindPair(context, node.LeftTime, left, node.RightTime, right, Name);
        var type = TypeRules.Plain(leftTime.Type);
        if (!TypeRules.IsNumber(type) && !Conversions.IsTemporal(type))
            throw new PlanException($"{node.LeftTime} is {ArrowTypes.NameOf(type)}: the time of an as-of join is a number, a date, a time, a timestamp or a duration.", Name);
        (leftKeys[^1], rightKeys[^1]) = (new AsOfTime(leftTime), new AsOfTime(rightTime));
        var rule = new AsOfRule(node.Direction, node.AllowExactMatches, AsOfTime.TypeOf(type), AsOfTolerance.Bind(node.Tolerance, type));
        return new BoundAsOfJoin(node, context.Inputs, JoinColumns.Output(node, left, right), [leftKeys, rightKeys], rule);
    }

    /// <summary>Each side keeps what is wanted of it under its own name, its keys and its time.</summary>
    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        var needed = (input == 0 ? _join.LeftKeys.Append(_join.LeftTime) : _join.RightKeys.Append(_join.RightTime))
            .SelectMany(k => k.ColumnNames()).ToHashSet(StringComparer.Ordinal);
        _columns.AddNeeded(input, Inputs[input].Schema, wanted, needed);
        return needed;
    }

    /// <summary>A condition on left columns may be tested before; on right ones it would make another row the nearest.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        if (input != 0 || predicate.ColumnNames().Any(n => LeftName(n) is null))
            return null;
        return predicate.Rewrite(e => e is ColumnExpr column ? new ColumnExpr(LeftName(column.Name)!) : e);
    }

    public override Operator CreateOperator(OperatorContext context) => new AsOfOperator(_plan, _union, (EngineContext)context);

    private string? LeftName(string name) => _columns.NameIn(0, name, Inputs[0].Schema);

    private NodeLineage LineageOf()
    {
        var left = _join.LeftKeys.Append(_join.LeftTime).SelectMany(k => LineageTools.Indirect(k, LineageKind.Join));
        var right = _join.RightKeys.Append(_join.RightTime).SelectMany(k => LineageTools.Indirect(k, LineageKind.Join, input: 1));
        return new NodeLineage(_columns.Lineage(Inputs[0].Schema, Inputs[1].Schema), [.. left.Concat(right).Distinct()]);
    }

    private sealed class AsOfOperator(JoinPlan plan, AsOfUnion union, EngineContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => new AsOfStream(plan, union, context, inputs);
    }
}
