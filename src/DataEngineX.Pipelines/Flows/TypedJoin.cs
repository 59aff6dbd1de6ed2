using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed joins: the right side is brought to collision-free names first, then the result row is selected.</summary>
internal static class TypedJoin
{
    /// <summary>The prefix that keeps right columns apart from left ones between join and select.</summary>
    private const string RightPrefix = "$right.";

    public static Flow<TResult> Build<TResult>(
        Flow left, Flow right, JoinKind kind, LambdaExpression leftKey, LambdaExpression rightKey, LambdaExpression row)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var columns = LambdaTranslator.TranslateRow(row, [string.Empty, RightPrefix]);
        Expr[] leftKeys = [.. LambdaTranslator.TranslateKeys(leftKey).Select(k => k.Expression)];
        Expr[] rightKeys = [.. LambdaTranslator.TranslateKeys(rightKey).Select(k => k.Expression)];
        var needed = columns.SelectMany(c => c.Expression.ColumnNames())
            .Where(n => n.StartsWith(RightPrefix, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();

        // The keys travel under names of their own, so that a right column of any name cannot meet a left one.
        var keyNames = rightKeys.Select((_, i) => $"$key{i}").ToList();
        var rightColumns = keyNames.Select((name, i) => new NamedExpr(name, rightKeys[i]))
            .Concat(needed.Select(n => new NamedExpr(n, new ColumnExpr(n[RightPrefix.Length..])))).ToList();
        var renamed = new SelectNode(right.Node, rightColumns);
        var join = new JoinNode(left.Node, renamed, kind, leftKeys, [.. keyNames.Select(n => new ColumnExpr(n))]);
        return new Flow<TResult>(new SelectNode(join, columns));
    }
}
