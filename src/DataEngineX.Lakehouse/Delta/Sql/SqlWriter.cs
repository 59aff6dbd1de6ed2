using System.Globalization;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>Writes conditions as the SQL text by which tables keep them, so that other engines enforce them too.</summary>
internal static class SqlWriter
{
    /// <exception cref="DataEngineXException">A part of the expression has no form in SQL that means the same; names it.</exception>
    internal static string Write(Expr expression) => expression switch
    {
        ColumnExpr column => $"`{column.Name.Replace("`", "``", StringComparison.Ordinal)}`",
        LiteralExpr literal => Literal(literal),
        CastExpr { IsTry: false } cast when DeltaTypes.NameOf(cast.Type) is { } type => $"CAST({Write(cast.Operand)} AS {type})",
        CallExpr call => Call(call),
        _ => throw Refused(expression),
    };

    private static string Call(CallExpr call)
    {
        var arguments = call.Children;
        if (SqlFunctions.SqlOf(SqlFunctions.Comparisons, call.Function) is { } comparison)
            return Infix(comparison, arguments);
        if (SqlFunctions.SqlOf(SqlFunctions.Calls, call.Function) is { } name)
            return $"{name}({string.Join(", ", arguments.Select(Write))})";
        return call.Function switch
        {
            FunctionNames.And => Infix("AND", arguments),
            FunctionNames.Or => Infix("OR", arguments),
            FunctionNames.Add => Infix("+", arguments),
            FunctionNames.Subtract => Infix("-", arguments),
            FunctionNames.Multiply => Infix("*", arguments),
            FunctionNames.Not => $"(NOT {Write(arguments[0])})",
            FunctionNames.Negate => $"(- {Write(arguments[0])})",
            FunctionNames.IsNull => $"({Write(arguments[0])} IS NULL)",
            FunctionNames.IsNotNull => $"({Write(arguments[0])} IS NOT NULL)",
            FunctionNames.In => $"({Write(arguments[0])} IN ({string.Join(", ", arguments.Skip(1).Select(Write))}))",
            FunctionNames.Like => Infix("LIKE", arguments),
            _ => throw Refused(call),
        };
    }

    private static string Infix(string sql, IReadOnlyList<Expr> arguments) => $"({string.Join($" {sql} ", arguments.Select(Write))})";

    private static string Literal(LiteralExpr literal) => literal.Value switch
    {
        null => "NULL",
        bool flag => flag ? "TRUE" : "FALSE",
        string text => Quoted(text),
        sbyte or short or int or long => Convert.ToString(literal.Value, CultureInfo.InvariantCulture)!,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString("E16", CultureInfo.InvariantCulture),
        DateOnly date => $"DATE '{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        DateTimeOffset time => $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}'",
        _ => throw Refused(literal),
    };

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static DataEngineXException Refused(Expr expression) =>
        new($"The expression {expression.Canonical} cannot be kept in a table, because it has no form in SQL that means the same to other engines.");
}
