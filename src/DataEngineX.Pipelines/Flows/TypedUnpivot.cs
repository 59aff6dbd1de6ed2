using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Plans;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed unpivots: the columns that the new row reads are kept, then the row is selected where it is more than those, name and value.</summary>
internal static class TypedUnpivot
{
    private const string Name = "$name";
    private const string Value = "$value";

    public static Flow<TResult> Build<TResult>(PlanNode input, LambdaExpression values, LambdaExpression row, bool dropNulls)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(row);
        var names = ValueColumns(values);
        var columns = new RowItems(row, [Name, Value]).Translate();
        string[] keep = [.. columns.SelectMany(c => c.Expression.ColumnNames()).Where(c => c is not (Name or Value)).Distinct(StringComparer.Ordinal)];
        return new Flow<TResult>(IsPlain(columns, keep)
            ? new UnpivotNode(input, names, keep, columns[^2].Name, columns[^1].Name, dropNulls)
            : new SelectNode(new UnpivotNode(input, names, keep, Name, Value, dropNulls), columns));
    }

    /// <summary>Whether a row only lists columns kept, then name and value: then both ways to write it give the same plan.</summary>
    private static bool IsPlain(IReadOnlyList<NamedExpr> columns, string[] keep) =>
        columns.Count == keep.Length + 2
        && columns.Take(keep.Length).All(c => c.Expression is ColumnExpr column && column.Name == c.Name)
        && columns[^2].Expression is ColumnExpr { Name: Name } && columns[^1].Expression is ColumnExpr { Name: Value };

    private static string[] ValueColumns(LambdaExpression values)
    {
        if (values.Body is not NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array)
            throw new PlanException($"'{values.Body}' does not list columns: write r => new[] {{ r.A, r.B }}.", "unpivot");
        return [.. array.Expressions.Select(e => Column(e, values))];
    }

    /// <summary>A cast to nullable changes nothing; one between numbers is what the common type does.</summary>
    private static string Column(LinqExpression value, LambdaExpression lambda)
    {
        var bare = value;
        while (bare is UnaryExpression { NodeType: ExpressionType.Convert } convert)
            bare = convert.Operand;
        return bare is MemberExpression { Expression: System.Linq.Expressions.ParameterExpression parameter } member && lambda.Parameters.Contains(parameter)
            ? ColumnNames.Of(member.Member)
            : throw new PlanException($"'{value}' does not name a column: compute values in Select before.", "unpivot");
    }
}
