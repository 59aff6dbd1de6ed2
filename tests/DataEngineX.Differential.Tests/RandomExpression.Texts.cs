using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomExpression
{
    private Term TextFunction(Term a)
    {
        var (n, s) = (random.Next(-3, 4), a.Sql);
        var width = random.Next(0, 8);
        return random.Next(22) switch
        {
            0 => Text(a.Expr.Upper(), $"upper({s})"),
            1 => Text(a.Expr.Lower(), $"lower({s})"),
            2 => Text(a.Expr.Substring(1, width), $"substring({s}, 2, {width})"),
            3 => Text(a.Expr.Trim(), $"trim({s})"),
            4 => Text(a.Expr.TrimStart("ab"), $"ltrim({s}, 'ab')"),
            5 => Text(a.Expr.TrimEnd("7 "), $"rtrim({s}, '7 ')"),
            6 => Text(a.Expr.Left(n), $"left({s}, {n})"),
            7 => Text(a.Expr.Right(n), $"right({s}, {n})"),
            8 => Text(a.Expr.Replace("a", "xy"), $"replace({s}, 'a', 'xy')"),
            9 => Text(a.Expr.PadLeft(width, "é-"), $"(CASE WHEN length({s}) >= {width} THEN {s} ELSE lpad({s}, {width}, 'é-') END)"),
            10 => Text(a.Expr.PadRight(width), $"(CASE WHEN length({s}) >= {width} THEN {s} ELSE rpad({s}, {width}, ' ') END)"),
            11 => Text(a.Expr.Repeat(2).Left(60), $"left(repeat({s}, 2), 60)"),
            12 => Text(a.Expr.Reverse(), $"reverse({s})"),
            13 => Text(a.Expr.SplitPart(",", n), $"string_split({s}, ',')[{(n < 0 ? n : n + 1)}]"),
            14 => Text(a.Expr.ReplaceRegex("[ab]+", "-"), $"regexp_replace({s}, '[ab]+', '-', 'g')"),
            15 => Text(a.Expr.ExtractRegex("([a-z]+) ([a-z]+)", 2), $"(CASE WHEN regexp_matches({s}, '([a-z]+) ([a-z]+)') THEN regexp_extract({s}, '([a-z]+) ([a-z]+)', 2) END)"),
            16 => new(a.Expr.Length(), $"length({s})", ColumnKind.Integer),
            17 => new(a.Expr.ByteLength(), $"strlen({s})", ColumnKind.Integer),
            18 => new(a.Expr.IndexOf("a"), $"(instr({s}, 'a') - 1)", ColumnKind.Integer),
            19 => TryCast(a, random.Next(2) == 0 ? ColumnKind.Integer : ColumnKind.UnsignedTiny, $"trim({s})"),
            20 => Join(a, Like(a)),
            _ => TextFlag(a),
        };
    }

    private static Term Text(Expr expr, string sql) => new(expr, sql, ColumnKind.Text);

    private Term Join(Term a, Term b) => random.Next(2) == 0
        ? Text(Concat(a.Expr, "-", b.Expr).Left(60), $"left({a.Sql} || '-' || {b.Sql}, 60)")
        : Text(ConcatWith("-", a.Expr, b.Expr, "c").Left(60), $"left(concat_ws('-', {a.Sql}, {b.Sql}, 'c'), 60)");

    private Term TextFlag(Term a)
    {
        var (expr, sql) = TextCondition(a);
        return new(expr, sql, ColumnKind.Flag);
    }

    private (Expr Expr, string Sql) TextCondition(Term a)
    {
        var b = Like(a);
        return random.Next(7) switch
        {
            0 => (a.Expr.Contains(b.Expr), $"contains({a.Sql}, {b.Sql})"),
            1 => (a.Expr.StartsWith(b.Expr), $"starts_with({a.Sql}, {b.Sql})"),
            2 => (a.Expr.EndsWith(b.Expr), $"ends_with({a.Sql}, {b.Sql})"),
            3 => (a.Expr.Like("a%"), $"({a.Sql} LIKE 'a%')"),
            4 => (a.Expr.Like("%_!%", '!'), $"({a.Sql} LIKE '%_!%' ESCAPE '!')"),
            5 => (a.Expr.LikeIgnoreCase("%A_"), $"({a.Sql} ILIKE '%A_')"),
            _ => (a.Expr.MatchesRegex("^[a-c]+$|[0-9]"), $"regexp_matches({a.Sql}, '^[a-c]+$|[0-9]')"),
        };
    }
}
