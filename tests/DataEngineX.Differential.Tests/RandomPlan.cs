using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

/// <summary>A random flow and the SQL that means the same, built side by side.</summary>
internal sealed partial class RandomPlan
{
    private readonly Random _random;
    private readonly RandomTable _right;
    private int _names;
    private int _joins;

    public RandomPlan(Random random, RandomTable left, RandomTable right)
    {
        _random = random;
        _right = right;
        Flow = Flow.From(new TableSource(left));
        Sql = $"SELECT * FROM {left.Name}";
        Columns = [.. left.Columns];
        Action[] steps = [Filter, Filter, Derive, Derive, Group, GroupInOrder, Join, Join, Cross, Distinct, DistinctInOrder, Union, UnionByName, SortAndTake, Window, Window, AsOf, Skip, Unpivot, Pivot, Explode, RangeWindow];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            steps[random.Next(steps.Length)]();
            IsOrdered = false;
        }

        if (random.Next(3) == 0)
            Sort();
    }

    public Flow Flow { get; private set; }

    public string Sql { get; private set; }

    public List<RandomColumn> Columns { get; private set; }

    /// <summary>Whether the rows of both must come in the same order; equal rows aside.</summary>
    public bool IsOrdered { get; private set; }

    /// <summary>Lists and structs cannot be ordered by.</summary>
    private List<RandomColumn> Plain => [.. Columns.Where(c => !c.Kind.IsNested)];

    private RandomExpression Expressions => new(_random, Columns);

    private void Filter()
    {
        var (expr, sql) = Expressions.Condition(2);
        Flow = Flow.Where(expr);
        Sql = $"SELECT * FROM ({Sql}) WHERE {sql}";
    }

    private void Derive()
    {
        var terms = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (Term: Expressions.Value(2), Name: NewName())).ToList();
        Flow = Flow.Derive([.. terms.Select(t => t.Term.Expr.As(t.Name))]);
        Sql = $"SELECT *, {string.Join(", ", terms.Select(t => $"{t.Term.Sql} AS {t.Name}"))} FROM ({Sql})";
        Columns = [.. Columns, .. terms.Select(t => new RandomColumn(t.Name, t.Term.Kind))];
    }

    private void Keep(IEnumerable<RandomColumn> columns)
    {
        Columns = [.. columns];
        Flow = Flow.Select([.. Columns.Select(c => Col(c.Name).As(c.Name))]);
        Sql = $"SELECT {Names()} FROM ({Sql})";
    }

    /// <summary>Doubles that both compute in another order of steps become floats, whose digits are the same.</summary>
    private void Blur(IEnumerable<RandomColumn> inexact)
    {
        var names = inexact.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
            return;
        Flow = Flow.Select([.. Columns.Select(c => (names.Contains(c.Name) ? Col(c.Name).Cast(FloatType.Default) : Col(c.Name)).As(c.Name))]);
        Sql = $"SELECT {string.Join(", ", Columns.Select(c => names.Contains(c.Name) ? $"{c.Name}::FLOAT AS {c.Name}" : c.Name))} FROM ({Sql})";
        Columns = [.. Columns.Select(c => names.Contains(c.Name) ? c with { Kind = ColumnKind.Float } : c)];
    }

    private void Distinct()
    {
        KeepPlain();
        Flow = Flow.Distinct();
        Sql = $"SELECT DISTINCT * FROM ({Sql})";
    }

    /// <summary>The first row of each key is known where all rows are in order.</summary>
    private void DistinctInOrder()
    {
        KeepPlain();
        var keys = Order(Columns);
        var by = Some(2);
        if (by.Count == 0)
            return;
        Flow = Flow.OrderBy(keys).Distinct([.. by.Select(c => c.Name)]);
        Sql = $"SELECT DISTINCT ON ({string.Join(", ", by.Select(c => c.Name))}) * FROM ({Sql}) ORDER BY {SqlOrder(keys)}";
    }

    private void Union()
    {
        var (expr, sql) = new RandomExpression(_random, Columns).Condition(1);
        Flow = Flow.Union(Flow.Where(expr));
        Sql = $"SELECT * FROM ({Sql}) UNION ALL SELECT * FROM ({Sql}) WHERE {sql}";
    }

    /// <summary>The second input lacks columns, has one more, and has them in another order.</summary>
    private void UnionByName()
    {
        var fewer = Columns.Where(_ => _random.Next(3) > 0).OrderBy(_ => _random.Next()).ToList();
        var more = new RandomColumn(NewName(), ColumnKind.Integer);
        Flow = Flow.Union(Flow.Select([.. fewer.Select(c => Col(c.Name).As(c.Name)), Lit(7).As(more.Name)]));
        Sql = $"SELECT * FROM ({Sql}) UNION ALL BY NAME SELECT {string.Concat(fewer.Select(c => c.Name + ", "))}7 AS {more.Name} FROM ({Sql})";
        Columns = [.. Columns, more];
    }

    private void SortAndTake()
    {
        KeepPlain();
        Sort();
        var rows = _random.Next(30);
        Flow = Flow.Take(rows);
        Sql += $" LIMIT {rows}";
    }

    /// <summary>By all columns, so that only equal rows may change places.</summary>
    private void Sort()
    {
        var keys = Order([.. Plain.OrderBy(_ => _random.Next())]);
        if (keys.Length == 0)
            return;
        Flow = Flow.OrderBy(keys);
        Sql = $"SELECT * FROM ({Sql}) ORDER BY {SqlOrder(keys)}";
        IsOrdered = keys.Length == Columns.Count;
    }

    private void KeepPlain()
    {
        if (Plain.Count == 0)
            Derive(Lit(1), "1", ColumnKind.Integer);
        if (Plain.Count < Columns.Count)
            Keep(Plain);
    }

    private void Derive(DataEngineX.Expressions.Expr expr, string sql, ColumnKind kind)
    {
        var column = new RandomColumn(NewName(), kind);
        Flow = Flow.Derive(expr.As(column.Name));
        Sql = $"SELECT *, {sql} AS {column.Name} FROM ({Sql})";
        Columns = [.. Columns, column];
    }

    private List<RandomColumn> Some(int most) => [.. Plain.Where(_ => _random.Next(3) == 0).Take(most)];

    private OrderKey[] Order(List<RandomColumn> columns) => [.. columns.Select(c => new OrderKey(c.Name, _random.Next(2) == 0, _random.Next(2) == 0))];

    private static string SqlOrder(OrderKey[] keys) =>
        string.Join(", ", keys.Select(k => $"{k.Column} {(k.Descending ? "DESC" : "ASC")} NULLS {(k.NullsFirst ? "FIRST" : "LAST")}"));

    private string Names() => string.Join(", ", Columns.Select(c => c.Name));

    private string NewName() => $"n{_names++}";
}
