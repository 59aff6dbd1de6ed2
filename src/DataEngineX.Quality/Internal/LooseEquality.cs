using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality;

/// <summary>
/// Equality between numbers and texts, which the engine refuses: a number and a column of text are compared as they are written, since a column that mixes
/// both is one of text; a column of numbers and a text that stands in a condition are never equal.
/// </summary>
internal static class LooseEquality
{
    /// <summary>A condition whose comparisons by equality fit the columns.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="schema">The columns.</param>
    public static Expr Fit(Expr condition, Schema schema) => condition.Rewrite(node => node switch
    {
        CallExpr { Function: FunctionNames.Equal or FunctionNames.NotEqual, Children: [var left, var right] } call => Fit(call, left, right, schema),
        CallExpr { Function: FunctionNames.In, Children: [ColumnExpr column, ..] } call => Fit(call, column, schema),
        _ => node,
    });

    private static Expr Fit(CallExpr call, Expr left, Expr right, Schema schema)
    {
        var equal = call.Function == FunctionNames.Equal;
        switch (left, right)
        {
            case (ColumnExpr, LiteralExpr):
                return IsText(left, schema) == true && Number(right) is { } number ? call.WithChildren([left, Lit(number)])
                    : IsText(left, schema) == false && right is LiteralExpr { Value: string } ? Lit(!equal)
                    : call;
            case (LiteralExpr, ColumnExpr):
                return Fit(call, right, left, schema);
            case (ColumnExpr, ColumnExpr) when IsText(left, schema) is { } first && IsText(right, schema) is { } second && first != second:
                return call.WithChildren([first ? left : left.Cast(StringType.Default), second ? right : right.Cast(StringType.Default)]);
            default:
                return call;
        }
    }

    private static Expr Fit(CallExpr call, ColumnExpr column, Schema schema)
    {
        if (IsText(column, schema) is not { } text)
            return call;
        var fitting = call.Children.Skip(1).OfType<LiteralExpr>()
            .Select(v => text ? v.Value as string ?? Number(v) : v.Value is string ? null : v.Value).OfType<object>().ToList();
        return fitting.Count == 0 ? Lit(false) : column.IsIn(fitting);
    }

    /// <summary>True for a column of text, false for one of numbers, null for any other.</summary>
    private static bool? IsText(Expr expression, Schema schema)
    {
        var ordinal = expression is ColumnExpr column ? schema.GetFieldIndex(column.Name) : -1;
        if (ordinal < 0)
            return null;
        var found = StoredColumn.Of(schema, ordinal);
        return found.Kind == ColumnKind.Text ? true : found.Type is NumberType or Decimal128Type ? false : null;
    }

    private static string? Number(Expr literal) => literal is LiteralExpr { Value: { } value and not (string or bool or DateTime or DateTimeOffset) }
        ? ExactNumber.TryRead(value, out _) ? ExactNumber.Canonical(value) : null
        : null;
}
