using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality;

/// <summary>
/// Equality between numbers and texts, which the engine refuses: a number and a column of text are compared as they are written, since a column that mixes
/// both is one of text; a column of numbers and a text that stands in a condition are never equal. A text beside a column of times is the time it says.
/// </summary>
internal static class LooseEquality
{
    /// <summary>A condition whose comparisons by equality fit the columns.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="schema">The columns.</param>
    public static Expr Fit(Expr condition, Schema schema) => condition.Rewrite(node => node switch
    {
        CallExpr { Children: [ColumnExpr column, LiteralExpr { Value: string text }] } call when TimeOf(column, text, schema) is { } time => call.WithChildren([column, time]),
        CallExpr { Function: FunctionNames.In, Children: [ColumnExpr column, ..] } call when call.Children.Skip(1).All(v => v is LiteralExpr { Value: string text } && TimeOf(column, text, schema) is not null) =>
            call.WithChildren([column, .. call.Children.Skip(1).Select(v => TimeOf(column, (string)((LiteralExpr)v).Value!, schema)!)]),
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

    /// <summary>A text beside a column of days or times as what it says; null for other columns and for texts that say no time.</summary>
    private static LiteralExpr? TimeOf(ColumnExpr column, string text, Schema schema)
    {
        var ordinal = schema.GetFieldIndex(column.Name);
        if (ordinal < 0 || schema.GetFieldByIndex(ordinal).DataType is not (Date32Type or TimestampType) || !TimeText.TryRead(text, out var time))
            return null;
        return schema.GetFieldByIndex(ordinal).DataType switch
        {
            Date32Type when time.UtcDateTime.TimeOfDay == TimeSpan.Zero => new LiteralExpr(DateOnly.FromDateTime(time.UtcDateTime)),
            TimestampType { Timezone: null or "" } => new LiteralExpr(DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified)),
            TimestampType => new LiteralExpr(time),
            _ => null,
        };
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
