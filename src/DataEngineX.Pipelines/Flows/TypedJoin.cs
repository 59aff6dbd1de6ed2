using System.Linq.Expressions;
using DataEngineX.Expressions;

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

    private static string[] Prefixes => [string.Empty, RightPrefix];

    private static JoinNode Join(
        Flow left, Flow right, JoinKind kind, LambdaExpression? leftKey, LambdaExpression? rightKey, LambdaExpression? condition,
        IReadOnlyList<NamedExpr> columns)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var test = condition is null ? null : LambdaTranslator.Translate(condition, Prefixes);
        Expr[] leftKeys = leftKey is null ? [] : [.. LambdaTranslator.TranslateKeys(leftKey).Select(k => k.Expression)];
        Expr[] rightKeys = rightKey is null ? [] : [.. LambdaTranslator.TranslateKeys(rightKey).Select(k => k.Expression)];
        var needed = columns.SelectMany(c => c.Expression.ColumnNames()).Concat(test?.ColumnNames() ?? [])
            .Where(n => n.StartsWith(RightPrefix, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();

        // The keys travel under names of their own, so that a right column of any name cannot meet a left one.
        var keyNames = rightKeys.Select((_, i) => $"$key{i}").ToList();
        var rightColumns = keyNames.Select((name, i) => new NamedExpr(name, rightKeys[i]))
            .Concat(needed.Select(n => new NamedExpr(n, new ColumnExpr(n[RightPrefix.Length..])))).ToList();
        var renamed = rightColumns.Count == 0 ? right.Node : new SelectNode(right.Node, rightColumns);
        return new JoinNode(left.Node, renamed, kind, leftKeys, [.. keyNames.Select(n => new ColumnExpr(n))], test);
    }
}
