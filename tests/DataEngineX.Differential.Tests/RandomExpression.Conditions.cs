using DataEngineX.Expressions;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomExpression
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

        var term = random.Next(4) == 0 ? Value(depth) : Column(columns[random.Next(columns.Count)]);
        if (random.Next(6) == 0 || term.Kind.IsNested)
            return random.Next(2) == 0 ? (term.Expr.IsNull(), $"({term.Sql} IS NULL)") : (term.Expr.IsNotNull(), $"({term.Sql} IS NOT NULL)");
        if (term.Kind == ColumnKind.Flag)
            return (term.Expr, term.Sql);
        if (term.Kind == ColumnKind.Text && random.Next(2) == 0)
            return TextCondition(term);
        return random.Next(5) == 0 && !term.Kind.IsReal ? Membership(term) : Comparison(term);
    }

    /// <summary>Between, in and is-distinct.</summary>
    private (Expr Expr, string Sql) Membership(Term a)
    {
        var (b, c) = (Like(a), Like(a));
        switch (random.Next(4))
        {
            case 0:
                return (a.Expr.Between(b.Expr, c.Expr), $"({a.Sql} BETWEEN {b.Sql} AND {c.Sql})");
            case 1:
                return (a.Expr.IsDistinctFrom(b.Expr), $"({a.Sql} IS DISTINCT FROM {b.Sql})");
            case 2:
                return (a.Expr.IsNotDistinctFrom(b.Expr), $"({a.Sql} IS NOT DISTINCT FROM {b.Sql})");
            default:
                var values = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new RandomColumn("", a.Kind).Draw(random, 0.1)).ToList();
                return (a.Expr.IsIn(values), $"({a.Sql} IN ({string.Join(", ", values.Select(v => SqlText.Literal(v, a.Kind)))}))");
        }
    }

    /// <summary>With a value of the same type or, among numbers, sometimes of another.</summary>
    private (Expr Expr, string Sql) Comparison(Term a)
    {
        var numbers = columns.Where(c => c.Kind.IsNumber).ToList();
        var b = a.Kind.IsNumber && numbers.Count > 0 && random.Next(4) == 0 ? Column(numbers[random.Next(numbers.Count)]) : Like(a);
        var (expr, op) = random.Next(6) switch
        {
            0 => (a.Expr == b.Expr, "="),
            1 => (a.Expr != b.Expr, "<>"),
            2 => (a.Expr < b.Expr, "<"),
            3 => (a.Expr <= b.Expr, "<="),
            4 => (a.Expr > b.Expr, ">"),
            _ => (a.Expr >= b.Expr, ">="),
        };
        var common = (a.Kind.IsReal || b.Kind.IsReal) && a.Kind != b.Kind ? "::DOUBLE" : "";
        var sql = $"({a.Sql}{common} {op} {b.Sql}{common})";
        return a.Kind.IsReal || b.Kind.IsReal ? (expr, Ieee(a.Sql, b.Sql, op, sql)) : (expr, sql);
    }

    /// <summary>A comparison with NaN is false here; DuckDB holds NaN to be equal to itself and the greatest.</summary>
    private static string Ieee(string left, string right, string op, string comparison) =>
        $"(CASE WHEN {left} IS NULL OR {right} IS NULL THEN NULL WHEN isnan({left}::DOUBLE) OR isnan({right}::DOUBLE) THEN {(op == "<>" ? "true" : "false")} ELSE {comparison} END)";
}
