using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A bound window column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value; null for what numbers rows.</param>
/// <param name="Frame">Its frame; null where it has none.</param>
internal sealed record WindowFunction(WindowColumn Column, BoundExpression? Value, FramePlan? Frame)
{
    public WindowKind Kind => Column.Kind;

    public bool UsesPeers => WindowAggregates.UsesPeers(Kind) || Frame is { UsesPeers: true };

    public static WindowFunction Bind(WindowColumn column, WindowNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        if (WindowAggregates.IsRanking(column.Kind) != column.Value is null)
            throw new PlanException($"'{column.Name}' is a {column.Kind}, which {(column.Value is null ? "needs" : "takes no")} value.", "window", column.Name);
        return new WindowFunction(column, column.Value is null ? null : BindValue(column, context, input), FramePlan.Create(column, node, input));
    }

    public Field Field() => Value is null
        ? new Field(Column.Name, WindowAggregates.IsFraction(Kind) ? DoubleType.Default : Int64Type.Default, nullable: false)
        : WindowAggregates.Of(Kind) is { } aggregate
            ? new Field(Column.Name, GroupedAccumulator.OutputType(aggregate, Value.Type), nullable: aggregate != AggregateKind.Count)
            : new Field(Column.Name, Value.Type, nullable: true);

    /// <summary>Means and variances are computed in double; values of other rows keep their type, sums of whole numbers are exact.</summary>
    private static BoundExpression BindValue(WindowColumn column, BindContext context, Schema input)
    {
        var bound = context.Bind(column.Value!, input);
        if (WindowAggregates.Of(column.Kind) is not { } aggregate || aggregate == AggregateKind.Count)
            return bound;
        var type = bound.Type;
        var isNumber = SchemaTools.IsNumeric(type) || type is Decimal128Type;
        if (aggregate is AggregateKind.Min or AggregateKind.Max && PhysicalTypes.IsFixed(PhysicalTypes.Of(type)))
            return bound;
        if (!isNumber)
        {
            var wanted = aggregate is AggregateKind.Min or AggregateKind.Max ? "a number, a date or a time" : "a number";
            throw new PlanException($"'{column.Name}' needs {wanted}, not {ArrowTypes.NameOf(type)}.", "window", column.Name);
        }

        return aggregate == AggregateKind.Sum || type is DoubleType ? bound : context.Bind(column.Value!.Cast(DoubleType.Default), input);
    }
}
