using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

/// <summary>Random expressions over columns, and the SQL that means the same.</summary>
internal sealed class RandomExpression(Random random, IReadOnlyList<RandomColumn> columns)
{
    public (Expr Expr, string Sql) Condition(int depth)
    {
        if (depth > 0 && random.Next(2) == 0)
        {
            var (a, b) = (Condition(depth - 1), Condition(depth - 1));
            return random.Next(3) switch
            {
                0 => (a.Expr & b.Expr, $"({a.Sql} AND {b.Sql})"),
                1 => (a.Expr | b.Expr, $"({a.Sql} OR {b.Sql})"),
                _ => (!a.Expr, $"(NOT {a.Sql})"),
            };
        }

        var column = columns[random.Next(columns.Count)];
        if (random.Next(5) == 0)
        {
            return random.Next(2) == 0
                ? (Col(column.Name).IsNull(), $"({column.Name} IS NULL)")
                : (Col(column.Name).IsNotNull(), $"({column.Name} IS NOT NULL)");
        }

        if (column.Kind == ColumnKind.Flag)
            return (Col(column.Name), column.Name);
        var same = columns.Where(c => c.Kind == column.Kind).ToList();
        var other = random.Next(2) == 0 ? (Expr: Col(same[random.Next(same.Count)].Name), Sql: "") : Literal(column);
        var right = other.Sql.Length > 0 ? other.Sql : ((ColumnExpr)other.Expr).Name;
        var left = Col(column.Name);
        var (expr, op) = random.Next(6) switch
        {
            0 => (left == other.Expr, "="),
            1 => (left != other.Expr, "<>"),
            2 => (left < other.Expr, "<"),
            3 => (left <= other.Expr, "<="),
            4 => (left > other.Expr, ">"),
            _ => (left >= other.Expr, ">="),
        };
        var sql = $"({column.Name} {op} {right})";
        return column.Kind == ColumnKind.Double ? (expr, Ieee(column.Name, right, op, sql)) : (expr, sql);
    }

    /// <summary>A comparison with NaN is false here; DuckDB holds NaN to be equal to itself and the greatest.</summary>
    private static string Ieee(string left, string right, string op, string comparison) =>
        $"(CASE WHEN {left} IS NULL OR {right} IS NULL THEN NULL WHEN isnan({left}) OR isnan({right}) THEN {(op == "<>" ? "true" : "false")} ELSE {comparison} END)";

    public (Expr Expr, string Sql, ColumnKind Kind) Value(int depth)
    {
        var column = columns[random.Next(columns.Count)];
        var value = Col(column.Name);
        if (depth > 0 && random.Next(3) == 0)
        {
            var (condition, sql) = Condition(1);
            var same = columns.Where(c => c.Kind == column.Kind).ToList();
            var other = same[random.Next(same.Count)];
            return (If(condition, value, Col(other.Name)), $"(CASE WHEN {sql} THEN {column.Name} ELSE {other.Name} END)", column.Kind);
        }

        var (literal, text) = Literal(column);
        return (column.Kind, random.Next(4)) switch
        {
            (ColumnKind.Integer or ColumnKind.Long, 0) => (value.Cast(DoubleType.Default) + 0.25, $"(CAST({column.Name} AS DOUBLE) + 0.25::DOUBLE)", ColumnKind.Double),
            (ColumnKind.Integer, 1) => ((value % 1000) * 3, $"(({column.Name} % 1000) * 3)", ColumnKind.Integer),
            (ColumnKind.Double, 0) => ((value - 1.5) * 2.0, $"(({column.Name} - 1.5::DOUBLE) * 2::DOUBLE)", ColumnKind.Double),
            (ColumnKind.Double, 1) => (value.Abs(), $"abs({column.Name})", ColumnKind.Double),
            (ColumnKind.Text, 0) => (value.Upper(), $"upper({column.Name})", ColumnKind.Text),
            (ColumnKind.Text, 1) => (value.Contains("a"), $"contains({column.Name}, 'a')", ColumnKind.Flag),
            (ColumnKind.Text, 2) => (value.Substring(1, 2), $"substring({column.Name}, 2, 2)", ColumnKind.Text),
            (ColumnKind.Date, 0) => (value.AddDays(3), $"({column.Name} + 3)", ColumnKind.Date),
            (ColumnKind.Flag, _) => (!value, $"(NOT {column.Name})", ColumnKind.Flag),
            _ => (value.Coalesce(literal), $"coalesce({column.Name}, {text})", column.Kind),
        };
    }

    private (Expr Expr, string Sql) Literal(RandomColumn column)
    {
        var value = column.Draw(random, 0)!;
        return value switch
        {
            int v => (v, $"({v})::INTEGER"),
            long v => (v, string.Create(CultureInfo.InvariantCulture, $"'{v}'::BIGINT")),
            double v => (v, $"'{v.ToString("R", CultureInfo.InvariantCulture).Replace("∞", "inf", StringComparison.Ordinal).Replace("Infinity", "inf", StringComparison.Ordinal)}'::DOUBLE"),
            string v => (v, $"'{v}'"),
            bool v => (v, v ? "true" : "false"),
            _ => ((DateOnly)value, $"DATE '{(DateOnly)value:yyyy-MM-dd}'"),
        };
    }
}
