using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Maps members to columns: <c>TempC</c> is <c>temp_c</c>, unless <see cref="ColumnNameAttribute"/> says otherwise.</summary>
public static class ColumnNames
{
    /// <summary>The column of a member.</summary>
    /// <param name="member">A property or field.</param>
    public static string Of(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? Of(member.Name);
    }

    /// <summary>The column of a member name.</summary>
    /// <param name="memberName">The name in C#.</param>
    public static string Of(string memberName)
    {
        ArgumentException.ThrowIfNullOrEmpty(memberName);
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(memberName);
    }

    /// <summary>The columns named by <c>r =&gt; r.X</c> or <c>r =&gt; new { r.X, r.Y }</c>, in order.</summary>
    /// <param name="columns">The lambda.</param>
    /// <exception cref="PlanException">The lambda does more than name columns.</exception>
    public static IReadOnlyList<string> Of(LambdaExpression columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var body = Unwrap(columns.Body);
        return body is NewExpression creation && creation.Arguments.Count > 0
            ? [.. creation.Arguments.Select(a => One(Unwrap(a), columns))]
            : [One(body, columns)];
    }

    private static string One(LinqExpression expression, LambdaExpression lambda) =>
        expression is MemberExpression { Expression: ParameterExpression parameter } member && lambda.Parameters.Contains(parameter)
            ? Of(member.Member)
            : throw new PlanException(
                $"'{expression}' does not name a column: write r => r.Member or r => new {{ r.A, r.B }}, and compute values in Select before.");

    private static LinqExpression Unwrap(LinqExpression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert ? Unwrap(convert.Operand) : expression;
}
