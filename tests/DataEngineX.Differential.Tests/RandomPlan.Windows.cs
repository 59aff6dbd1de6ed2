using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomPlan
{
    /// <summary>Ordered by all columns where the place of equal rows would show, else by a few.</summary>
    private void Window()
    {
        KeepPlain();
        var partition = Some(2).Select(c => c.Name).ToList();
        var by = partition.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", partition)} ";
        var isRank = _random.Next(4) == 0;
        var keys = Order(isRank && Some(2) is { Count: > 0 } some ? some : [.. Columns.OrderBy(_ => _random.Next())]);
        var windows = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => isRank ? Rank() : Placed()).ToList();
        Flow = Flow.Window(partition, keys, [.. windows.Select(w => w.Window.As(w.Column.Name))]);
        Sql = $"SELECT *, {string.Join(", ", windows.Select(w => w.Sql.Replace("(over)", $"OVER ({by}ORDER BY {SqlOrder(keys)}{w.Frame})", StringComparison.Ordinal) + $" AS {w.Column.Name}"))} FROM ({Sql})";
        Columns = [.. Columns, .. windows.Select(w => w.Column)];
        Blur(windows.Where(w => w.IsInexact).Select(w => w.Column));
    }

    private sealed record Windowed(WindowColumn Window, string Sql, RandomColumn Column, string Frame = "", bool IsInexact = false);

    private Windowed Rank() => _random.Next(3) switch
    {
        0 => new(WindowColumn.Rank(), "rank() (over)", New(ColumnKind.Long)),
        1 => new(WindowColumn.DenseRank(), "dense_rank() (over)", New(ColumnKind.Long)),
        _ => new(WindowColumn.PercentRank(), "percent_rank() (over)", New(ColumnKind.Double)),
    };

    private Windowed Placed()
    {
        var term = _random.Next(3) == 0 ? Expressions.Value(1) : null;
        var column = Columns[_random.Next(Columns.Count)];
        term ??= new Term(Col(column.Name), column.Name, column.Kind);
        var (x, s, rows) = (term.Expr, term.Sql, _random.Next(1, 5));
        const string Whole = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
        return _random.Next(9) switch
        {
            0 => new(WindowColumn.RowNumber(), "row_number() (over)", New(ColumnKind.Long)),
            1 => new(WindowColumn.Tile(rows), $"ntile({rows}) (over)", New(ColumnKind.Long)),
            2 => new(WindowColumn.Lag(x, rows), $"lag({s}, {rows}) (over)", New(term.Kind)),
            3 => new(WindowColumn.Lead(x, rows), $"lead({s}, {rows}) (over)", New(term.Kind)),
            4 => new(WindowColumn.First(x), $"first_value({s}) (over)", New(term.Kind), Whole),
            5 => new(WindowColumn.Last(x), $"last_value({s}) (over)", New(term.Kind), Whole),
            _ when Columns.Where(c => c.Kind.IsNumber).ToList() is { Count: > 0 } numbers => Framed(numbers[_random.Next(numbers.Count)], rows),
            _ => new(WindowColumn.RunningCount(x), $"count({s}) (over)", New(ColumnKind.Long), " ROWS UNBOUNDED PRECEDING"),
        };
    }

    /// <summary>A frame with too few values gives null.</summary>
    private Windowed Framed(RandomColumn c, int rows)
    {
        var (x, s) = Finite(c);
        if (c.Kind == ColumnKind.Decimal)
            (x, s) = (x.Cast(DoubleType.Default), s + "::DOUBLE");
        var least = _random.Next(1, rows + 1);
        var frame = $" ROWS {rows - 1} PRECEDING";
        const string Running = " ROWS UNBOUNDED PRECEDING";
        return _random.Next(7) switch
        {
            0 => new(
                WindowColumn.RunningSum(x), $"sum({(c.Kind.IsWhole ? s : s + "::DOUBLE")}) (over)", New(c.Kind.IsUnsigned ? ColumnKind.UnsignedLong : c.Kind.IsWhole ? ColumnKind.Long : ColumnKind.Double), Running, !c.Kind.IsWhole),
            1 => new(WindowColumn.RunningMean(x), $"avg({s}::DOUBLE) (over)", New(ColumnKind.Double), Running, IsInexact: true),
            2 => Rolling(WindowColumn.RollingSum(x.Cast(DoubleType.Default), rows, least), "sum"),
            3 => Rolling(WindowColumn.RollingMean(x, rows, least), "avg"),
            4 => Rolling(WindowColumn.RollingMin(x.Cast(DoubleType.Default), rows, least), "min"),
            5 => Rolling(WindowColumn.RollingMax(x.Cast(DoubleType.Default), rows, least), "max"),
            _ => Rolling(WindowColumn.RollingStandardDeviation(x, rows, least), "stddev_samp"),
        };

        Windowed Rolling(WindowColumn window, string function) =>
            new(window, $"CASE WHEN count({s}) (over) >= {least} THEN {function}({s}::DOUBLE) (over) END", New(ColumnKind.Double), frame, IsInexact: true);
    }

    private RandomColumn New(ColumnKind kind) => new(NewName(), kind);
}
