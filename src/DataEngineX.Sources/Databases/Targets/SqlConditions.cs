using System.Globalization;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>Conditions of replacements as SQL: comparisons of columns with values, and what puts them together.</summary>
internal static class SqlConditions
{
    private static readonly Dictionary<string, string> Infix = new(StringComparer.Ordinal)
    {
        [FunctionNames.Equal] = "=",
        [FunctionNames.NotEqual] = "<>",
        [FunctionNames.Less] = "<",
        [FunctionNames.LessOrEqual] = "<=",
        [FunctionNames.Greater] = ">",
        [FunctionNames.GreaterOrEqual] = ">=",
        [FunctionNames.And] = "AND",
        [FunctionNames.Or] = "OR",
    };

    /// <summary>Writes a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="dialect">Quotes names.</param>
    /// <param name="alias">What stands before a column.</param>
    /// <param name="values">Takes the values, in the order of their parameters.</param>
    /// <exception cref="PlanException">A form that is not written; names it.</exception>
    internal static string Write(Expr condition, DatabaseDialect dialect, string alias, List<object?> values)
    {
        return Text(condition);

        string Text(Expr expr) => expr switch
        {
            ColumnExpr column => alias + dialect.Names.Quote(column.Name),
            LiteralExpr { Value: null } => "NULL",
            LiteralExpr { Value: { } value } => Parameter(value),
            CallExpr { Children: [var left, var right] } call when Infix.TryGetValue(call.Function, out var sign) => $"({Text(left)} {sign} {Text(right)})",
            CallExpr { Function: FunctionNames.Not, Children: [var operand] } => $"(NOT {Text(operand)})",
            CallExpr { Function: FunctionNames.IsNull, Children: [var operand] } => $"({Text(operand)} IS NULL)",
            CallExpr { Function: FunctionNames.IsNotNull, Children: [var operand] } => $"({Text(operand)} IS NOT NULL)",
            CallExpr { Function: FunctionNames.In, Children: { Count: > 1 } all } => $"({Text(all[0])} IN ({string.Join(", ", all.Skip(1).Select(Text))}))",
            _ => throw new PlanException($"A database is not asked {expr}: a replacement there is told by comparisons of columns with values."),
        };

        string Parameter(object value)
        {
            values.Add(dialect.ValueOf(value));
            return string.Create(CultureInfo.InvariantCulture, $"@p{values.Count - 1}");
        }
    }
}
