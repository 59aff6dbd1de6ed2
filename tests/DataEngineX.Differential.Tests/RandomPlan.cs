using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

/// <summary>A random flow and the SQL that means the same, built side by side.</summary>
internal sealed class RandomPlan
{
    private readonly Random _random;
    private int _names;

    public RandomPlan(Random random, RandomTable left, RandomTable right)
    {
        _random = random;
        Flow = Flow.From(new TableSource(left));
        Sql = $"SELECT * FROM {left.Name}";
        Columns = [.. left.Columns];
        Action[] steps = [Filter, Filter, Derive, Group, () => Join(right), Distinct, Union, SortAndTake, Window];
        for (var i = random.Next(1, 5); i > 0; i--)
            steps[random.Next(steps.Length)]();
        if (random.Next(3) == 0)
            Sort();
    }

    public Flow Flow { get; private set; }

    public string Sql { get; private set; }

    public List<RandomColumn> Columns { get; private set; }

    /// <summary>Whether the rows of both must come in the same order; equal rows aside.</summary>
    public bool IsOrdered { get; private set; }

    private void Filter()
    {
        var (expr, sql) = new RandomExpression(_random, Columns).Condition(2);
        Flow = Flow.Where(expr);
        Sql = $"SELECT * FROM ({Sql}) WHERE {sql}";
    }

    private void Derive()
    {
        var (expr, sql, kind) = new RandomExpression(_random, Columns).Value(2);
        var column = new RandomColumn(NewName(), kind);
        Flow = Flow.Derive(expr.As(column.Name));
        Sql = $"SELECT *, {sql} AS {column.Name} FROM ({Sql})";
        Columns = [.. Columns, column];
    }

    private void Group()
    {
        var keys = Columns.Where(_ => _random.Next(3) == 0).Take(3).ToList();
        List<(Aggregate Aggregate, string Sql, RandomColumn Column)> aggregates = [(Aggregate.Count(), "count(*)", new RandomColumn(NewName(), ColumnKind.Long))];
        foreach (var column in Columns.Where(_ => _random.Next(2) == 0))
            aggregates.Add(DrawAggregate(column));
        Flow = Flow.GroupBy([.. keys.Select(k => Col(k.Name).As(k.Name))]).Aggregate([.. aggregates.Select(a => a.Aggregate.As(a.Column.Name))]);
        var list = keys.Select(k => k.Name).Concat(aggregates.Select(a => $"{a.Sql} AS {a.Column.Name}"));
        Sql = $"SELECT {string.Join(", ", list)} FROM ({Sql}){(keys.Count == 0 ? "" : " GROUP BY " + string.Join(", ", keys.Select(k => k.Name)))}";
        Columns = [.. keys, .. aggregates.Select(a => a.Column)];
    }

    /// <summary>Sums and deviations of 32-bit numbers and quarters only: see <see cref="KnownDifferences"/>.</summary>
    private (Aggregate Aggregate, string Sql, RandomColumn Column) DrawAggregate(RandomColumn column)
    {
        var (value, name) = (Col(column.Name), NewName());
        return (_random.Next(7), column.Kind) switch
        {
            (0, ColumnKind.Integer) => (Aggregate.Sum(value), $"sum({column.Name})", new RandomColumn(name, ColumnKind.Long)),
            (0, ColumnKind.Double) => (Aggregate.Sum(value), $"sum({column.Name})", new RandomColumn(name, ColumnKind.Double)),
            (1, ColumnKind.Integer or ColumnKind.Double) => (Aggregate.Mean(value), $"avg({column.Name})", new RandomColumn(name, ColumnKind.Double)),
            (2, ColumnKind.Integer) => (Aggregate.Median(value), $"median({column.Name})", new RandomColumn(name, ColumnKind.Double)),
            (3, _) => (Aggregate.CountDistinct(value), $"count(DISTINCT {column.Name})", new RandomColumn(name, ColumnKind.Long)),
            (4, _) => (Aggregate.Count(value), $"count({column.Name})", new RandomColumn(name, ColumnKind.Long)),
            (5, not ColumnKind.Flag) => (Aggregate.Min(value), $"min({column.Name})", new RandomColumn(name, column.Kind)),
            (6, not ColumnKind.Flag) => (Aggregate.Max(value), $"max({column.Name})", new RandomColumn(name, column.Kind)),
            _ => (Aggregate.Count(value), $"count({column.Name})", new RandomColumn(name, ColumnKind.Long)),
        };
    }

    private void Join(RandomTable right)
    {
        var pairs = Columns.SelectMany(l => right.Columns.Where(r => r.Kind == l.Kind && r.Kind != ColumnKind.Double).Select(r => (Left: l, Right: r))).ToList();
        if (pairs.Count == 0)
            return;
        var (leftKey, rightKey) = pairs[_random.Next(pairs.Count)];
        var kind = new[] { JoinKind.Inner, JoinKind.Left, JoinKind.Right, JoinKind.Full, JoinKind.Semi, JoinKind.Anti }[_random.Next(6)];
        var renamed = right.Columns.Select(c => c with { Name = NewName() }).ToList();
        var key = renamed[right.Columns.ToList().IndexOf(rightKey)].Name;
        var other = Flow.From(new TableSource(right)).Select([.. right.Columns.Zip(renamed, (c, n) => Col(c.Name).As(n.Name))]);
        Flow = Flow.Join(other, [Col(leftKey.Name)], [Col(key)], kind);
        var word = kind switch { JoinKind.Inner => "JOIN", JoinKind.Full => "FULL JOIN", JoinKind.Right => "RIGHT JOIN", JoinKind.Left => "LEFT JOIN", JoinKind.Semi => "SEMI JOIN", _ => "ANTI JOIN" };
        var select = $"SELECT {string.Join(", ", right.Columns.Zip(renamed, (c, n) => $"{c.Name} AS {n.Name}"))} FROM {right.Name}";
        if (kind is not (JoinKind.Semi or JoinKind.Anti))
            Columns = [.. Columns, .. renamed];
        Sql = $"SELECT {Names()} FROM ({Sql}) l {word} ({select}) r ON l.{leftKey.Name} = r.{key}";
        Flow = Flow.Select([.. Columns.Select(c => Col(c.Name).As(c.Name))]);
    }

    private void Distinct()
    {
        Flow = Flow.Distinct();
        Sql = $"SELECT DISTINCT * FROM ({Sql})";
    }

    private void Union()
    {
        var (expr, sql) = new RandomExpression(_random, Columns).Condition(1);
        Flow = Flow.Union(Flow.Where(expr));
        Sql = $"SELECT * FROM ({Sql}) UNION ALL SELECT * FROM ({Sql}) WHERE {sql}";
    }

    private void SortAndTake()
    {
        Sort();
        var rows = _random.Next(30);
        Flow = Flow.Take(rows);
        Sql += $" LIMIT {rows}";
        IsOrdered = false;
    }

    /// <summary>By all columns, so that only equal rows may change places.</summary>
    private void Sort()
    {
        var keys = Order(Columns.OrderBy(_ => _random.Next()).ToList());
        Flow = Flow.OrderBy(keys);
        Sql = $"SELECT * FROM ({Sql}) ORDER BY {SqlOrder(keys)}";
        IsOrdered = true;
    }

    private void Window()
    {
        var partition = Columns.Where(_ => _random.Next(3) == 0).Take(2).Select(c => c.Name).ToList();
        var keys = Order(Columns);
        var value = Columns[_random.Next(Columns.Count)];
        var rows = _random.Next(1, 4);
        var column = new RandomColumn(NewName(), value.Kind);
        var (window, sql) = _random.Next(2) == 0
            ? (WindowColumn.RowNumber(), "row_number()")
            : (WindowColumn.Lag(Col(value.Name), rows), $"lag({value.Name}, {rows})");
        if (window.Kind == WindowKind.RowNumber)
            column = column with { Kind = ColumnKind.Long };
        Flow = Flow.Window(partition, keys, window.As(column.Name));
        var by = partition.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", partition)} ";
        Sql = $"SELECT *, {sql} OVER ({by}ORDER BY {SqlOrder(keys)}) AS {column.Name} FROM ({Sql})";
        Columns = [.. Columns, column];
    }

    private OrderKey[] Order(List<RandomColumn> columns) => [.. columns.Select(c => new OrderKey(c.Name, _random.Next(2) == 0, _random.Next(2) == 0))];

    private static string SqlOrder(OrderKey[] keys) =>
        string.Join(", ", keys.Select(k => $"{k.Column} {(k.Descending ? "DESC" : "ASC")} NULLS {(k.NullsFirst ? "FIRST" : "LAST")}"));

    private string Names() => string.Join(", ", Columns.Select(c => c.Name));

    private string NewName() => $"n{_names++}";
}
