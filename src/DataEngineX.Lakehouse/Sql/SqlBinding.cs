using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Sql;

/// <summary>Finds the columns that SQL names, and gives literals the type of the column that they are compared with.</summary>
internal sealed class SqlBinding(Schema schema)
{
    /// <summary>A node whose parts are bound already.</summary>
    /// <exception cref="FormatException">It names what is not there, or a literal is none of the type it must have.</exception>
    internal Expr Bind(Expr node) => node switch
    {
        ColumnExpr column => new ColumnExpr(Find(schema.FieldsList, column.Name)?.Name
            ?? throw new FormatException($"there is no column {column.Name}; there are {string.Join(", ", schema.FieldsList.Select(f => f.Name))}")),
        CallExpr { Function: FunctionNames.StructField, Children: [var structure, LiteralExpr { Value: string name }] } => Part(structure, name),
        CallExpr { Function: FunctionNames.Divide, Children: [var left, var right] } => Divide(left, right),
        CallExpr { Function: FunctionNames.In, Children: { Count: > 1 } all } call => call.WithChildren([all[0], .. all.Skip(1).Select(one => Fit(one, all[0]))]),
        CallExpr { Children: [var left, var right] } call when IsComparison(call.Function) => call.WithChildren([Fit(left, right), Fit(right, left)]),
        _ => node,
    };

    private static bool IsComparison(string function) => function is FunctionNames.Equal or FunctionNames.NotEqual or FunctionNames.Less or FunctionNames.LessOrEqual
        or FunctionNames.Greater or FunctionNames.GreaterOrEqual or FunctionNames.IsDistinct or FunctionNames.IsNotDistinct;

    private Expr Part(Expr structure, string name)
    {
        if (TypeOf(structure) is not StructType type)
            return structure.Field(name);
        return structure.Field(Find(type.Fields, name)?.Name
            ?? throw new FormatException($"there is no field {name}; there are {string.Join(", ", type.Fields.Select(f => f.Name))}"));
    }

    /// <summary>SQL divides whole numbers to a fraction, where expressions keep them whole.</summary>
    private CallExpr Divide(Expr left, Expr right)
    {
        if (IsWhole(left) && IsWhole(right))
            (left, right) = (left.Cast(DoubleType.Default), right.Cast(DoubleType.Default));
        var zero = TypeOf(right) is Decimal128Type ? new LiteralExpr(0m) : new LiteralExpr(0);
        return new CallExpr(FunctionNames.Divide, left, new CallExpr(FunctionNames.NullIf, right, zero));
    }

    private Expr Fit(Expr literal, Expr beside) =>
        literal is LiteralExpr { Value: { } value } && TypeOf(beside) is { } type ? new LiteralExpr(SqlLiterals.Fit(value, type)) : literal;

    private bool IsWhole(Expr expression) => expression switch
    {
        LiteralExpr { Value: sbyte or short or int or long } => true,
        CallExpr
        {
            Function: FunctionNames.Add or FunctionNames.Subtract or FunctionNames.Multiply or FunctionNames.Modulo or FunctionNames.Negate or FunctionNames.Abs,
        } call => call.Children.All(IsWhole),
        CallExpr { Function: FunctionNames.Length or FunctionNames.ListLength or FunctionNames.Year or FunctionNames.Month or FunctionNames.Day } => true,
        _ => TypeOf(expression) is Int8Type or Int16Type or Int32Type or Int64Type,
    };

    /// <summary>The type of a column, a part of one or a cast; null for what only binding knows.</summary>
    private IArrowType? TypeOf(Expr expression) => expression switch
    {
        ColumnExpr column => Find(schema.FieldsList, column.Name)?.DataType,
        CastExpr cast => cast.Type,
        CallExpr { Function: FunctionNames.StructField, Children: [var structure, LiteralExpr { Value: string name }] } =>
            TypeOf(structure) is StructType type ? Find(type.Fields, name)?.DataType : null,
        CallExpr { Function: FunctionNames.ListElement, Children: [var list, _] } => TypeOf(list) is ListType type ? type.ValueDataType : null,
        _ => null,
    };

    private static Field? Find(IReadOnlyList<Field> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal))
        ?? fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
}
