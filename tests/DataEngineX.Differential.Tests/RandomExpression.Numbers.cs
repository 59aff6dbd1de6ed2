using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomExpression
{
    /// <summary>Operands are brought near zero before they are computed with, so that nothing overflows.</summary>
    private Term WholeFunction(Term a)
    {
        var type = a.Kind.Promoted.SqlType;
        var (small, near) = ((a.Expr % 100).Cast(a.Kind.Promoted.ArrowType), $"({a.Sql} % 100)::{type}");
        var b = random.Next(1, 9);
        return random.Next(12) switch
        {
            0 => new(a.Expr.Cast(DoubleType.Default) + 0.25, $"({a.Sql}::DOUBLE + 0.25::DOUBLE)", ColumnKind.Double),
            1 => new((small * b) + small, $"({near} * {b} + {near})::{type}", a.Kind.Promoted),
            2 => new(small / b, $"({near} // {b})::{type}", a.Kind.Promoted),
            3 => new(a.Expr % b, $"({a.Sql} % {b})::{a.Kind.SqlType}", a.Kind),
            4 => new(small.BitAnd(6).BitOr(1), $"(({near} & 6) | 1)::{type}", a.Kind.Promoted),
            5 => new(a.Expr.Cast(StringType.Default), $"{a.Sql}::VARCHAR", ColumnKind.Text),
            6 => new(a.Expr.Cast(a.Kind.Promoted.ArrowType), $"{a.Sql}::{type}", a.Kind.Promoted),
            7 => random.Next(2) == 0 ? Narrow(a, ColumnKind.Tiny, -128, 127) : Narrow(a, ColumnKind.UnsignedSmall, 0, 65_535),
            8 => new(a.Expr.Cast(BooleanType.Default), $"({a.Sql})::BOOLEAN", ColumnKind.Flag),
            9 when a.Kind.IsSigned => new(a.Expr.Sign(), $"sign({a.Sql})::INTEGER", ColumnKind.Integer),
            10 when a.Kind.IsSigned => new((-small).Abs(), $"abs(-({near}))::{type}", a.Kind.Promoted),
            11 when a.Kind.IsSigned => new(small - b, $"({near} - {b})::{type}", a.Kind.Promoted),
            _ => new(small.Cast(new Decimal128Type(12, 2)), $"({near})::DECIMAL(12,2)", ColumnKind.Decimal),
        };
    }

    private Term RealFunction(Term a)
    {
        var real = a.Kind == ColumnKind.Float ? (Expr)2f : 2.0;
        return random.Next(12) switch
        {
            0 => new((a.Expr - real) * real, $"(({a.Sql} - 2::{a.Kind.SqlType}) * 2::{a.Kind.SqlType})", a.Kind),
            1 => new(a.Expr / real, $"({a.Sql} / 2::{a.Kind.SqlType})", a.Kind),
            2 => new(a.Expr.Abs(), $"abs({a.Sql})", a.Kind),
            3 => new(-a.Expr, $"(-{a.Sql})", a.Kind),
            4 => new(a.Expr.Floor(), $"floor({a.Sql}::DOUBLE)", ColumnKind.Double),
            5 => new(a.Expr.Ceiling(), $"ceil({a.Sql}::DOUBLE)", ColumnKind.Double),
            6 => new(a.Expr.Abs().Sqrt(), $"sqrt(abs({a.Sql}::DOUBLE))", ColumnKind.Double),
            7 => new(a.Expr.Truncate(), $"trunc({a.Sql}::DOUBLE)", ColumnKind.Double),
            8 => new(a.Expr.RoundAwayFromZero(), $"round({a.Sql}::DOUBLE)", ColumnKind.Double),
            9 => new(a.Expr.IsNaN(), $"isnan({a.Sql})", ColumnKind.Flag),
            10 => new(a.Expr.IsFinite(), $"isfinite({a.Sql})", ColumnKind.Flag),
            _ => TryCast(a, ColumnKind.Integer, $"trunc({a.Sql}::DOUBLE)"),
        };
    }

    /// <summary>The result comes back to 12 digits, two after the point.</summary>
    private Term DecimalFunction(Term a)
    {
        var (small, near) = ((a.Expr % 100).Cast(new Decimal128Type(12, 2)), $"({a.Sql} % 100)::DECIMAL(12,2)");
        return random.Next(6) switch
        {
            0 => Money(small + 1.25m, $"({near} + 1.25)"),
            1 => Money(small * 1.5m, $"({near} * 1.5)"),
            2 => Money(small - a.Expr, $"({near} - {a.Sql})"),
            3 => new(a.Expr.Cast(DoubleType.Default), $"{a.Sql}::DOUBLE", ColumnKind.Double),
            4 => new(a.Expr.Abs(), $"abs({a.Sql})", ColumnKind.Decimal),
            _ => Money(a.Expr.Cast(new Decimal128Type(12, 1)), $"{a.Sql}::DECIMAL(12,1)"),
        };
    }

    private static Term Money(Expr expr, string sql) => new(expr.Cast(new Decimal128Type(14, 2)).TryCast(new Decimal128Type(12, 2)), $"TRY_CAST({sql}::DECIMAL(14,2) AS DECIMAL(12,2))", ColumnKind.Decimal);

    /// <summary>Without <c>TRY_CAST</c>: see <see cref="KnownDifferences"/>.</summary>
    private static Term Narrow(Term a, ColumnKind to, int least, int most) =>
        new(a.Expr.TryCast(to.ArrowType), $"(CASE WHEN {a.Sql} BETWEEN {least} AND {most} THEN {a.Sql}::{to.SqlType} END)", to);

    private static Term TryCast(Term a, ColumnKind to, string sql) => new(a.Expr.TryCast(to.ArrowType), $"TRY_CAST({sql} AS {to.SqlType})", to);
}
