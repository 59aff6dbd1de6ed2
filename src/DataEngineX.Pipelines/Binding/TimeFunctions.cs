using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions on dates and timestamps.</summary>
internal static class TimeFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.Year] = (call, a) => Part(call, a, DatePart.Year);
        table[FunctionNames.Month] = (call, a) => Part(call, a, DatePart.Month);
        table[FunctionNames.Day] = (call, a) => Part(call, a, DatePart.Day);
        table[FunctionNames.DayOfYear] = (call, a) => Part(call, a, DatePart.DayOfYear);
        table[FunctionNames.DayOfWeek] = (call, a) => Part(call, a, DatePart.DayOfWeek);
        table[FunctionNames.Hour] = (call, a) => Part(call, a, DatePart.Hour);
        table[FunctionNames.Minute] = (call, a) => Part(call, a, DatePart.Minute);
        table[FunctionNames.AddDays] = AddDays;
        table[FunctionNames.DaysBetween] = DaysBetween;
    }

    private static KernelEvaluator Part(CallExpr call, IReadOnlyList<Evaluator> a, DatePart part) => SchemaTools.IsTime(a[0].Type)
        ? new KernelEvaluator(Int32Type.Default, a[0].IsNullable, [a[0]], (x, m) => Temporal.Extract(part, x[0], m))
        : throw FunctionTable.Misfit(call, a);

    private static KernelEvaluator AddDays(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (!SchemaTools.IsTime(a[0].Type) || !SchemaTools.IsNumeric(a[1].Type))
            throw FunctionTable.Misfit(call, a);
        var days = Conversions.To(a[1], Int32Type.Default) is ConstantEvaluator { Value: int number }
            ? number
            : throw new PlanException($"The number of days in {call.Canonical} must be a literal.");
        return new KernelEvaluator(a[0].Type, a[0].IsNullable, [a[0]], (x, m) => Temporal.AddDays(x[0], days, m));
    }

    private static KernelEvaluator DaysBetween(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (!SchemaTools.IsTime(a[0].Type) || !SchemaTools.IsTime(a[1].Type))
            throw FunctionTable.Misfit(call, a);
        var (left, right) = (Conversions.To(a[0], Date32Type.Default), Conversions.To(a[1], Date32Type.Default));
        return new KernelEvaluator(
            Int64Type.Default, left.IsNullable || right.IsNullable, [left, right], (x, m) => Temporal.DaysBetween(x[0], x[1], m));
    }
}
