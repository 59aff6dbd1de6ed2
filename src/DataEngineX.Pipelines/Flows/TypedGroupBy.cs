using System.Globalization;
using System.Linq.Expressions;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed group-bys: aggregates are lifted out of the result row, then the row is selected where it is more than keys and aggregates.</summary>
internal static class TypedGroupBy
{
    public static Flow<TResult> Build<T, TKey, TResult>(
        PlanNode input, Expression<Func<T, TKey>> key, Expression<Func<IGroup<T, TKey>, TResult>> row)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(row);
        var keys = LambdaTranslator.TranslateKeys(key);
        var lifter = new Lifter(row.Parameters[0], keys);
        var columns = LambdaTranslator.TranslateRow(row, [string.Empty], lifter.TryTranslate);
        return new Flow<TResult>(Assemble(input, keys, lifter.Aggregates, columns));
    }

    /// <summary>A row that only lists keys and aggregates, keys first, needs no select: then both ways to write it give the same plan.</summary>
    private static PlanNode Assemble(PlanNode input, IReadOnlyList<NamedExpr> keys, List<Aggregate> aggregates, IReadOnlyList<NamedExpr> columns)
    {
        var isPlain = columns.Count == keys.Count + aggregates.Count && columns.All(c => c.Expression is ColumnExpr);
        if (!isPlain)
            return new SelectNode(new GroupByNode(input, keys, aggregates), columns);
        var names = columns.Select(c => (c.Name, From: ((ColumnExpr)c.Expression).Name)).ToList();
        for (var i = 0; i < keys.Count; i++)
            isPlain &= string.Equals(names[i].From, keys[i].Name, StringComparison.Ordinal);
        for (var i = 0; i < aggregates.Count; i++)
            isPlain &= string.Equals(names[keys.Count + i].From, aggregates[i].Name, StringComparison.Ordinal);
        if (!isPlain)
            return new SelectNode(new GroupByNode(input, keys, aggregates), columns);
        var namedKeys = keys.Select((k, i) => new NamedExpr(names[i].Name, k.Expression)).ToList();
        var namedAggregates = aggregates.Select((a, i) => a.As(names[keys.Count + i].Name)).ToList();
        return new GroupByNode(input, namedKeys, namedAggregates);
    }

    /// <summary>One call on a group as an aggregate under its default name.</summary>
    public static Aggregate Aggregate(MethodCallExpression call)
    {
        var aggregate = Lifter.Translate(call, string.Empty);
        return aggregate.As(Pipelines.Aggregate.DefaultName(aggregate.Kind, aggregate.Value));
    }

    private sealed class Lifter(ParameterExpression group, IReadOnlyList<NamedExpr> keys)
    {
        public List<Aggregate> Aggregates { get; } = [];

        public Expr? TryTranslate(LinqExpression expression) => expression switch
        {
            MemberExpression { Member.Name: "Key" } member when member.Expression == group => WholeKey(expression),
            MemberExpression { Expression: MemberExpression { Member.Name: "Key" } owner } part when owner.Expression == group => KeyPart(part),
            MethodCallExpression call when call.Object == group => Lift(call),
            _ => null,
        };

        private ColumnExpr WholeKey(LinqExpression expression) => keys.Count == 1
            ? new ColumnExpr(keys[0].Name)
            : throw new PlanException($"'{expression}' has {keys.Count} parts: name them, as in g.Key.Station.", "group_by");

        private ColumnExpr KeyPart(MemberExpression part)
        {
            var name = ColumnNames.Of(part.Member);
            return keys.Any(k => string.Equals(k.Name, name, StringComparison.Ordinal))
                ? new ColumnExpr(name)
                : throw new PlanException($"'{part}' is not a part of the key.", "group_by", name);
        }

        private ColumnExpr Lift(MethodCallExpression call)
        {
            var made = Translate(call, $"$agg{Aggregates.Count}");
            var known = Aggregates.Find(a => made.As(a.Name).Equals(a));
            if (known is null)
                Aggregates.Add(known = made);
            return new ColumnExpr(known.Name);
        }

        public static Aggregate Translate(MethodCallExpression call, string name)
        {
            var values = call.Arguments.Select(Unquote).OfType<LambdaExpression>().Select(LambdaTranslator.Translate).ToList();
            var kind = values.Count == 0 ? AggregateKind.CountAll : Enum.Parse<AggregateKind>(call.Method.Name);
            return new Aggregate(name, kind, values.Count > 0 ? values[0] : null)
            {
                Other = values.Count > 1 ? values[1] : null,
                Parameter = call.Arguments.Count > values.Count ? Number(call) : 0,
            };
        }

        private static double Number(MethodCallExpression call) =>
            CapturedValue.TryRead(call.Arguments[^1], out var value) && value is not null
                ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
                : throw new PlanException($"'{call.Arguments[^1]}' in '{call.Method.Name}' must be known when the flow is described.", "group_by");

        private static LinqExpression Unquote(LinqExpression expression) =>
            expression is UnaryExpression { NodeType: ExpressionType.Quote } quote ? quote.Operand : expression;
    }
}
