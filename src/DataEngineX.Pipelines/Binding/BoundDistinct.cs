using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The first or last row of each key: a group-by whose aggregates are the values of that row.</summary>
internal sealed class BoundDistinct : BoundNode
{
    private readonly GroupPlan _plan;

    private BoundDistinct(DistinctNode node, IReadOnlyList<BoundNode> inputs, GroupPlan plan)
        : base(node, inputs, plan.Schema)
    {
        _plan = plan;
        Lineage = LineageTools.PassThrough(
            Schema.FieldsList.Select(f => f.Name), [.. KeyNames.Select(name => new LineageEdge(0, name, LineageKind.GroupBy))]);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    public override RecomputeScope Recompute => ((DistinctNode)Node).IsOfRun ? RecomputeScope.ThisRun : RecomputeScope.Affected([.. KeyNames]);

    public override IReadOnlyList<OrderKey> Order => [];

    private IEnumerable<string> KeyNames => _plan.Keys.SelectMany(k => k.Expression.ColumnNames());

    public static BoundDistinct Create(DistinctNode node, BindContext context, IReadOnlyList<int> ordinals)
    {
        var schema = context.Inputs[0].Schema;
        var bound = schema.FieldsList.Select(f => context.Bind(new ColumnExpr(f.Name), schema)).ToList();
        int[] others = [.. Enumerable.Range(0, bound.Count).Except(ordinals)];
        GroupAggregate[] rest = [.. others.Select(o => new GroupAggregate(schema.FieldsList[o].Name, null, bound[o], null, 0) { TakesLast = node.KeepsLast })];
        var columns = new int[bound.Count];
        for (var i = 0; i < ordinals.Count; i++)
            columns[ordinals[i]] = i;
        for (var i = 0; i < others.Length; i++)
            columns[others[i]] = ordinals.Count + i;
        var fields = schema.FieldsList.Select((f, i) => FieldOf(f, isKey: ordinals.Contains(i)));
        var plan = new GroupPlan(new Schema(fields, schema.Metadata), [.. ordinals.Select(o => bound[o])], rest, columns, RowFlow.Deduplicated);
        return new BoundDistinct(node, context.Inputs, plan);
    }

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(KeyNames).ToHashSet(StringComparer.Ordinal);

    /// <summary>A condition on keys keeps or drops all rows of a key.</summary>
    public override Expr? PushDown(Expr predicate, int input) =>
        predicate.ColumnNames() is { Count: > 0 } names && names.All(KeyNames.Contains) ? predicate : null;

    public override Operator CreateOperator(OperatorContext context) => new GroupByOperator(_plan, context);

    private static Field FieldOf(Field field, bool isKey)
    {
        try
        {
            var type = isKey ? GroupIndex.PlainTypes([field.DataType])[0] : AggregateTypes.Plain(field.DataType);
            return new Field(field.Name, type, field.IsNullable, field.Metadata);
        }
        catch (NotSupportedException)
        {
            throw new PlanException(
                $"Rows cannot be told apart by '{field.Name}', which is {ArrowTypes.NameOf(field.DataType)}: name other columns, or {NestedKeys.Advice(field.DataType)}", "distinct", field.Name);
        }
    }
}
