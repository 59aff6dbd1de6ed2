using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed joins: the right side is brought to collision-free names first, then the result row is selected.</summary>
internal static class TypedJoin
{
    /// <summary>The prefix that keeps right columns apart from left ones between join and select.</summary>
    private const string RightPrefix = "$right.";

    public static Flow<TResult> Build<TResult>(
        Flow left, Flow right, JoinKind kind, LambdaExpression? leftKey, LambdaExpression? rightKey, LambdaExpression row, LambdaExpression? condition = null)
    {
        var columns = LambdaTranslator.TranslateRow(row, Prefixes);
        return new Flow<TResult>(new SelectNode(Join(left, right, kind, leftKey, rightKey, condition, columns), columns));
    }

    /// <summary>Keeps left rows by whether they have a partner.</summary>
    public static Flow<T> Keep<T>(
        Flow left, Flow right, JoinKind kind, LambdaExpression leftKey, LambdaExpression rightKey, LambdaExpression? condition) =>
        new(Join(left, right, kind, leftKey, rightKey, condition, []));

    public static Flow<TResult> AsOf<TResult>(
        Flow left, Flow right, JoinKind kind, LambdaExpression? leftKey, LambdaExpression? rightKey, LambdaExpression leftTime,
        LambdaExpression rightTime, LambdaExpression row, (AsOfDirection Direction, bool AllowsExact, Expr? Tolerance) rule)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var columns = LambdaTranslator.TranslateRow(row, Prefixes);
        var keys = Keys(rightKey);
        var (renamed, rightKeys) = Renamed(right, [.. keys, LambdaTranslator.Translate(rightTime)], RightColumns(columns.Select(c => c.Expression)));
        var join = new AsOfJoinNode(
            left.Node, renamed, kind, Keys(leftKey), rightKeys[..^1], LambdaTranslator.Translate(leftTime), rightKeys[^1])
        {
            Direction = rule.Direction,
            AllowExactMatches = rule.AllowsExact,
            Tolerance = rule.Tolerance,
        };
        return new Flow<TResult>(new SelectNode(join, columns));
    }

    private static string[] Prefixes => [string.Empty, RightPrefix];

    private static JoinNode Join(
        Flow left, Flow right, JoinKind kind, LambdaExpression? leftKey, LambdaExpression? rightKey, LambdaExpression? condition,
        IReadOnlyList<NamedExpr> columns)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var test = condition is null ? null : LambdaTranslator.Translate(condition, Prefixes);
        var tested = columns.Select(c => c.Expression).Concat(test is null ? [] : [test]);
        var (renamed, rightKeys) = Renamed(right, Keys(rightKey), RightColumns(tested));
        return new JoinNode(left.Node, renamed, kind, Keys(leftKey), rightKeys, test);
    }

    private static Expr[] Keys(LambdaExpression? key) => key is null ? [] : [.. LambdaTranslator.TranslateKeys(key).Select(k => k.Expression)];

    private static List<string> RightColumns(IEnumerable<Expr> expressions) =>
        [.. expressions.SelectMany(e => e.ColumnNames()).Where(n => n.StartsWith(RightPrefix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    /// <summary>The keys travel under names of their own, so that a right column of any name cannot meet a left one.</summary>
    private static (PlanNode Right, Expr[] Keys) Renamed(Flow right, Expr[] keys, List<string> needed)
    {
        var columns = keys.Select((key, i) => new NamedExpr($"$key{i}", key))
            .Concat(needed.Select(n => new NamedExpr(n, new ColumnExpr(n[RightPrefix.Length..])))).ToList();
        return (columns.Count == 0 ? right.Node : new SelectNode(right.Node, columns), [.. keys.Select((_, i) => new ColumnExpr($"$key{i}"))]);
    }
}
