using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomExpression
{
    private static readonly (CalendarUnit Unit, string Sql)[] Units =
    [
        (CalendarUnit.Year, "year"), (CalendarUnit.Quarter, "quarter"), (CalendarUnit.Month, "month"), (CalendarUnit.Week, "week"), (CalendarUnit.Day, "day"),
        (CalendarUnit.Hour, "hour"), (CalendarUnit.Minute, "minute"),
    ];

    private Term DateFunction(Term a)
    {
        var n = random.Next(-14, 15);
        var (unit, word) = Units[random.Next(5)];
        return random.Next(8) switch
        {
            0 => new(a.Expr.AddDays(n), $"({a.Sql} + ({n}))", ColumnKind.Date),
            1 => new(a.Expr.AddMonths(n), $"({a.Sql} + INTERVAL ({n}) MONTH)::DATE", ColumnKind.Date),
            2 => new(a.Expr.TruncateTo(unit), $"date_trunc('{word}', {a.Sql})::DATE", ColumnKind.Date),
            3 => Since(a, Like(a), unit, word),
            4 => new(a.Expr.Cast(ColumnKind.Timestamp.ArrowType), $"{a.Sql}::TIMESTAMP", ColumnKind.Timestamp),
            5 => new(a.Expr.Cast(StringType.Default), $"{a.Sql}::VARCHAR", ColumnKind.Text),
            6 => new(a.Expr.Format("dd.MM.yy ddd"), $"strftime({a.Sql}, '%d.%m.%y %a')", ColumnKind.Text),
            _ => DatePart(a.Expr, a.Sql),
        };
    }

    /// <summary>Parts of instants are those in UTC.</summary>
    private Term TimestampFunction(Term a)
    {
        var n = random.Next(-30, 31);
        var (unit, word) = Units[random.Next(Units.Length)];
        var plain = a.Kind == ColumnKind.Instant ? $"make_timestamp(epoch_us({a.Sql}))" : a.Sql;
        var b = Like(a);
        return random.Next(a.Kind == ColumnKind.Instant ? 5 : 11) switch
        {
            0 => DatePart(a.Expr, plain),
            1 => ClockPart(a.Expr, plain),
            2 => new(a.Expr.Epoch(), $"floor(epoch_us({a.Sql}) / 1000000.0)::BIGINT", ColumnKind.Long),
            3 => new(a.Expr.TimeOfDay(), $"{plain}::TIME", ColumnKind.Time),
            4 => new((a.Expr - b.Expr).TotalIn(CalendarUnit.Hour), $"((epoch_us({a.Sql}) - epoch_us({b.Sql})) / 3600000000::DOUBLE)", ColumnKind.Double),
            5 => new(a.Expr.AddHours(n), $"({a.Sql} + INTERVAL ({n}) HOUR)", a.Kind),
            6 => new(a.Expr.AddMonths(n), $"({a.Sql} + INTERVAL ({n}) MONTH)", a.Kind),
            7 => new(a.Expr.TruncateTo(unit), $"date_trunc('{word}', {a.Sql})", a.Kind),
            8 => Since(a, b, unit, word),
            9 => new(a.Expr.Cast(Date32Type.Default), $"{a.Sql}::DATE", ColumnKind.Date),
            _ => new(a.Expr.Format("yyyy-MM-dd HH:mm:ss"), $"strftime({a.Sql}, '%Y-%m-%d %H:%M:%S')", ColumnKind.Text),
        };
    }

    private Term ClockFunction(Term a) => a.Kind == ColumnKind.Time
        ? ClockPart(a.Expr, a.Sql)
        : new(a.Expr.TotalIn(CalendarUnit.Second), $"(epoch_us({a.Sql}) / 1000000::DOUBLE)", ColumnKind.Double);

    /// <summary>DuckDB counts weeks before 1970 from the wrong side of zero: see <see cref="KnownDifferences"/>.</summary>
    private static Term Since(Term a, Term b, CalendarUnit unit, string word)
    {
        var sql = unit == CalendarUnit.Week
            ? $"((date_trunc('week', {a.Sql})::DATE - date_trunc('week', {b.Sql})::DATE) // 7)"
            : $"date_diff('{word}', {b.Sql}, {a.Sql})";
        return new(a.Expr.Since(b.Expr, unit), sql, ColumnKind.Long);
    }

    private Term DatePart(Expr a, string sql)
    {
        var (part, word) = random.Next(9) switch
        {
            0 => (a.Year(), "year"),
            1 => (a.Quarter(), "quarter"),
            2 => (a.Month(), "month"),
            3 => (a.Day(), "day"),
            4 => (a.DayOfWeek(), "dayofweek"),
            5 => (a.IsoDayOfWeek(), "isodow"),
            6 => (a.IsoWeek(), "week"),
            7 => (a.IsoYear(), "isoyear"),
            _ => (a.DayOfYear(), "dayofyear"),
        };
        return new(part, $"{word}({sql})::INTEGER", ColumnKind.Integer);
    }

    private Term ClockPart(Expr a, string sql)
    {
        var (part, text) = random.Next(4) switch
        {
            0 => (a.Hour(), $"hour({sql})"),
            1 => (a.Minute(), $"minute({sql})"),
            2 => (a.Second(), $"second({sql})"),
            _ => (a.Millisecond(), $"(millisecond({sql}) % 1000)"),
        };
        return new(part, $"{text}::INTEGER", ColumnKind.Integer);
    }
}
