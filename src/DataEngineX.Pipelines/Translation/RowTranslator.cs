using System.Linq.Expressions;
using System.Reflection;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates the body that makes a new row into named columns.</summary>
internal sealed class RowTranslator(TranslationVisitor values)
{
    public IReadOnlyList<NamedExpr> Translate(LinqExpression body) => body switch
    {
        NewExpression { Arguments.Count: > 0 } creation when !TranslationVisitor.IsValueConstructor(creation) => FromConstructor(creation),
        MemberInitExpression init => FromInitializer(init),
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Translate(convert.Operand),
        _ => [new NamedExpr(NameOf(body), values.Visit(body))],
    };

    private List<NamedExpr> FromConstructor(NewExpression creation)
    {
        var parameters = creation.Constructor!.GetParameters();
        var columns = new List<NamedExpr>(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = creation.Members?[i] is { } member ? ColumnNames.Of(member) : NameOf(parameters[i]);
            columns.Add(new NamedExpr(name, values.Visit(creation.Arguments[i])));
        }

        return columns;
    }

    private List<NamedExpr> FromInitializer(MemberInitExpression init)
    {
        var columns = init.NewExpression.Arguments.Count > 0 ? FromConstructor(init.NewExpression) : [];
        foreach (var binding in init.Bindings)
        {
            if (binding is not MemberAssignment assignment)
                throw TranslationVisitor.Refuse(init, "assign each member a value of its own.");
            columns.Add(new NamedExpr(ColumnNames.Of(assignment.Member), values.Visit(assignment.Expression)));
        }

        return columns;
    }

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? ColumnNames.Of(parameter.Name!);

    private static string NameOf(LinqExpression body) => body switch
    {
        MemberExpression { Member.Name: "Value", Expression: MemberExpression inner } when Nullable.GetUnderlyingType(inner.Type) is not null => NameOf(inner),
        MemberExpression member => ColumnNames.Of(member.Member),
        _ => throw TranslationVisitor.Refuse(body, "name the value, as in r => new { Name = … }."),
    };
}
