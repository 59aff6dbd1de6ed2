using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomPlan
{
    /// <summary>On one to three keys, some of them computed or of two types, and sometimes with a condition.</summary>
    private void Join()
    {
        var (other, renamed, select) = Other();
        List<(Expr Left, Expr Right, string Sql)> keys = [];
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var pairs = Columns.SelectMany(l => renamed.Where(r => CanMeet(l.Kind, r.Kind)).Select(r => (Left: l, Right: r))).ToList();
            if (pairs.Count > 0)
                keys.Add(Key(pairs[_random.Next(pairs.Count)]));
        }

        if (keys.Count == 0 || ++_joins > 2)
            return;
        var kind = new[] { JoinKind.Inner, JoinKind.Left, JoinKind.Right, JoinKind.Full, JoinKind.Semi, JoinKind.Anti }[_random.Next(6)];
        (Expr Expr, string Sql)? condition = _random.Next(3) == 0 ? new RandomExpression(_random, [.. Columns, .. renamed]).Condition(1) : null;
        var word = kind switch { JoinKind.Inner => "JOIN", JoinKind.Full => "FULL JOIN", JoinKind.Right => "RIGHT JOIN", JoinKind.Left => "LEFT JOIN", JoinKind.Semi => "SEMI JOIN", _ => "ANTI JOIN" };
        var on = string.Join(" AND ", keys.Select(k => k.Sql)) + (condition is { } c ? $" AND {c.Sql}" : "");
        Flow = Flow.Join(other, [.. keys.Select(k => k.Left)], [.. keys.Select(k => k.Right)], kind, condition?.Expr);
        Sql = $"SELECT * FROM ({Sql}) l {word} ({select}) r ON {on}";
        Keep(kind is JoinKind.Semi or JoinKind.Anti ? Columns : [.. Columns, .. renamed]);
    }

    /// <summary>A few rows with all rows, or with those that a condition lets through.</summary>
    private void Cross()
    {
        if (++_joins > 2)
            return;
        KeepPlain();
        Sort();
        Flow = Flow.Take(6);
        Sql += " LIMIT 6";
        var (other, renamed, select) = Other();
        (Expr Expr, string Sql)? condition = _random.Next(2) == 0 ? new RandomExpression(_random, [.. Columns, .. renamed]).Condition(1) : null;
        Flow = Flow.CrossJoin(other, condition?.Expr);
        Sql = $"SELECT * FROM ({Sql}) l JOIN ({select}) r ON {condition?.Sql ?? "true"}";
        Keep([.. Columns, .. renamed]);
    }

    private (Flow Flow, List<RandomColumn> Columns, string Sql) Other()
    {
        var renamed = _right.Columns.Select(c => c with { Name = NewName() }).ToList();
        var flow = Flow.From(new TableSource(_right)).Select([.. _right.Columns.Zip(renamed, (c, n) => Col(c.Name).As(n.Name))]);
        return (flow, renamed, $"SELECT {string.Join(", ", _right.Columns.Zip(renamed, (c, n) => $"{c.Name} AS {n.Name}"))} FROM {_right.Name}");
    }

    private (Expr Left, Expr Right, string Sql) Key((RandomColumn Left, RandomColumn Right) pair)
    {
        var (l, r) = pair;
        if (l.Kind != r.Kind || _random.Next(4) > 0)
            return (Col(l.Name), Col(r.Name), $"{l.Name} = {r.Name}");
        return l.Kind switch
        {
            ColumnKind.Text => (Col(l.Name).Upper(), Col(r.Name).Upper(), $"upper({l.Name}) = upper({r.Name})"),
            _ when l.Kind.IsWhole => (Col(l.Name) % 3, Col(r.Name), $"{l.Name} % 3 = {r.Name}"),
            _ => (Col(l.Name), Col(r.Name), $"{l.Name} = {r.Name}"),
        };
    }

    private static bool CanMeet(ColumnKind left, ColumnKind right) =>
        (left == right && !left.IsReal && !left.IsNested) || (left.IsWhole && right.IsWhole);
}
