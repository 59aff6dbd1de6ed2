using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates the parameters after the row, which are values: the items of lists, the name and value of an unpivot.</summary>
/// <param name="row">The lambda; its first parameter is the row.</param>
/// <param name="columns">The columns of the other parameters.</param>
internal sealed class RowItems(LambdaExpression row, IReadOnlyList<string> columns)
{
    public IReadOnlyList<NamedExpr> Translate() =>
        LambdaTranslator.TranslateRow(row, [.. row.Parameters.Select(_ => string.Empty)], TryTranslate);

    private Expr? TryTranslate(LinqExpression expression)
    {
        if (Of(expression) is { } column)
            return column;
        if (expression is not MemberExpression { Expression: { } owner } member)
            return null;
        if (Of(owner) is { } value)
            return Nullable.GetUnderlyingType(owner.Type) is null ? MemberTranslator.Translate(member, value)
                : member.Member.Name == "HasValue" ? value.IsNotNull() : value;
        return null;
    }

    private ColumnExpr? Of(LinqExpression expression) =>
        expression is System.Linq.Expressions.ParameterExpression parameter && row.Parameters.IndexOf(parameter) is var index and > 0
            ? new ColumnExpr(columns[index - 1])
            : null;
}
