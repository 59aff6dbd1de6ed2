using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

/// <summary>Operators that turn rows to columns and back, look back in time, and leave rows out by number.</summary>
internal sealed partial class RandomPlan
{
    /// <summary>The other side has one row a key and time: of several, DuckDB takes any.</summary>
    private void AsOf()
    {
        var pairs = Columns.SelectMany(l => _right.Columns.Where(r => r.Kind == l.Kind && (l.Kind.IsWhole || l.Kind is ColumnKind.Date or ColumnKind.Timestamp)).Select(r => (Left: l, Right: r))).ToList();
        if (pairs.Count == 0 || ++_joins > 2)
            return;
        var (leftTime, rightTime) = pairs[_random.Next(pairs.Count)];
        var keys = Columns.SelectMany(l => _right.Columns.Where(r => r != rightTime && r.Kind == l.Kind && CanMeet(l.Kind, r.Kind)).Select(r => (Left: l, Right: r)))
            .Where(_ => _random.Next(4) == 0).DistinctBy(k => k.Right).Take(2).ToList();
        var (at, count) = (new RandomColumn(NewName(), rightTime.Kind), new RandomColumn(NewName(), ColumnKind.Long));
        var named = keys.Select(k => (k.Left, k.Right, Name: NewName())).ToList();
        var other = Flow.From(new TableSource(_right))
            .GroupBy([.. named.Select(k => Col(k.Right.Name).As(k.Name)), Col(rightTime.Name).As(at.Name)]).Aggregate(Aggregate.Count().As(count.Name));
        var grouped = string.Concat(named.Select(k => $"{k.Right.Name} AS {k.Name}, ")) + $"{rightTime.Name} AS {at.Name}";
        var (isLeft, direction, isExact) = (_random.Next(2) == 0, _random.Next(2) == 0 ? AsOfDirection.Backward : AsOfDirection.Forward, _random.Next(2) == 0);
        Flow = Flow.AsOfJoin(
            other, [.. named.Select(k => Col(k.Left.Name))], [.. named.Select(k => Col(k.Name))], Col(leftTime.Name), Col(at.Name),
            isLeft ? JoinKind.Left : JoinKind.Inner, direction, isExact);
        var compare = (direction == AsOfDirection.Backward ? ">" : "<") + (isExact ? "=" : "");
        var known = string.Concat(named.Select((k, i) => $"{(i == 0 ? " WHERE " : " AND ")}{k.Right.Name} IS NOT NULL"));
        Sql = $"SELECT * FROM ({Sql}) l ASOF {(isLeft ? "LEFT " : "")}JOIN (SELECT {grouped}, count(*) AS {count.Name} FROM {_right.Name}{known} GROUP BY ALL) r "
            + $"ON {string.Concat(named.Select(k => $"(CASE WHEN l.{leftTime.Name} IS NOT NULL THEN l.{k.Left.Name} END) = r.{k.Name} AND "))}l.{leftTime.Name} {compare} r.{at.Name}";
        Keep([.. Columns, at, count]);
    }

    private void Skip()
    {
        KeepPlain();
        Sort();
        var (skipped, taken) = (_random.Next(10), _random.Next(20));
        Flow = Flow.Skip(skipped).Take(taken);
        Sql += $" LIMIT {taken} OFFSET {skipped}";
    }

    private void Unpivot()
    {
        KeepPlain();
        var kinds = Columns.GroupBy(c => c.Kind).ToList();
        var values = kinds[_random.Next(kinds.Count)].Take(3).ToList();
        var kept = Columns.Except(values).ToList();
        var (name, value, dropNulls) = (new RandomColumn(NewName(), ColumnKind.Text), new RandomColumn(NewName(), values[0].Kind), _random.Next(2) == 0);
        Flow = Flow.Unpivot([.. values.Select(v => v.Name)], [.. kept.Select(k => k.Name)], name.Name, value.Name, dropNulls);
        Sql = $"SELECT * FROM ({Sql}) UNPIVOT {(dropNulls ? "" : "INCLUDE NULLS ")}({value.Name} FOR {name.Name} IN ({string.Join(", ", values.Select(v => v.Name))}))";
        Keep([.. kept, name, value]);
    }

    private void Pivot()
    {
        KeepPlain();
        var on = Columns.Where(c => c.Kind is ColumnKind.Integer or ColumnKind.Flag).ToList();
        var of = Columns.Where(c => c.Kind is not ColumnKind.Flag).ToList();
        if (on.Count == 0 || of.Count == 0)
            return;
        var (by, x, keys) = (on[_random.Next(on.Count)], of[_random.Next(of.Count)], Some(2));
        var values = by.Kind == ColumnKind.Flag ? ["true", "false"] : new[] { "-1", "0", "2" };
        var columns = values.Select(_ => new RandomColumn(NewName(), x.Kind)).ToList();
        Flow = Flow
            .Pivot(
                Col(by.Name), [.. values.Select(v => by.Kind == ColumnKind.Flag ? Lit(v == "true") : Lit(int.Parse(v, System.Globalization.CultureInfo.InvariantCulture)))],
                [Aggregate.Max(Col(x.Name))], [.. keys.Select(k => Col(k.Name).As(k.Name))])
            .Select([.. keys.Select(k => Col(k.Name).As(k.Name)), .. values.Zip(columns, (v, c) => Col(v).As(c.Name))]);
        var list = keys.Select(k => k.Name).Concat(values.Zip(columns, (v, c) => $"max({x.Name}) FILTER (WHERE {by.Name} = {v}) AS {c.Name}"));
        Sql = $"SELECT {string.Join(", ", list)} FROM ({Sql}){(keys.Count == 0 ? "" : $" GROUP BY {string.Join(", ", keys.Select(k => k.Name))}")}";
        Columns = [.. keys, .. columns];
    }

    /// <summary>Null and empty lists make no row.</summary>
    private void Explode()
    {
        var lists = Columns.Where(c => c.Kind == ColumnKind.List).ToList();
        if (lists.Count == 0)
            return;
        var list = lists[_random.Next(lists.Count)];
        Flow = Flow.Explode(list.Name);
        Sql = $"SELECT * REPLACE (unnest({list.Name}) AS {list.Name}) FROM ({Sql})";
        Columns = [.. Columns.Select(c => c == list ? c with { Kind = ColumnKind.Integer } : c)];
    }

    /// <summary>Frames of days around each row's day.</summary>
    private void RangeWindow()
    {
        KeepPlain();
        var days = Columns.Where(c => c.Kind is ColumnKind.Date).ToList();
        if (days.Count == 0)
            return;
        var (day, partition) = (days[_random.Next(days.Count)], Some(1));
        var values = Columns.Where(c => c.Kind is ColumnKind.Integer or ColumnKind.Small).ToList();
        var x = values.Count == 0 ? null : values[_random.Next(values.Count)];
        var (before, after) = (_random.Next(4), _random.Next(3));
        var (count, sum) = (new RandomColumn(NewName(), ColumnKind.Long), new RandomColumn(NewName(), ColumnKind.Long));
        var key = new Plans.OrderKey(day.Name, Descending: false, NullsFirst: _random.Next(2) == 0);
        var frame = WindowFrame.Range(TimeSpan.FromDays(before), TimeSpan.FromDays(after));
        WindowColumn[] windows = [WindowColumn.RollingCount(Col(day.Name), frame).As(count.Name)];
        if (x is not null)
            windows = [.. windows, WindowColumn.RollingSum(Col(x.Name), frame).As(sum.Name)];
        var over = $"OVER ({(partition.Count == 0 ? "" : $"PARTITION BY {partition[0].Name} ")}ORDER BY {SqlOrder([key])} "
            + $"RANGE BETWEEN INTERVAL {before} DAY PRECEDING AND INTERVAL {after} DAY FOLLOWING)";
        Flow = Flow.Window([.. partition.Select(p => p.Name)], [key], windows);
        Sql = $"SELECT *, count({day.Name}) {over} AS {count.Name}{(x is null ? "" : $", sum({x.Name}) {over} AS {sum.Name}")} FROM ({Sql})";
        Columns = x is null ? [.. Columns, count] : [.. Columns, count, sum];
    }
}
