using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>
/// The operators on instants and durations: instant - instant = duration, instant +- duration = instant, duration +- duration, duration * or / a
/// number. Both sides take the finer unit, and the sum is that of the integers they are stored as.
/// </summary>
internal static class TimeArithmetic
{
    public static Evaluator? TryBind(ArithmeticOperator operation, Evaluator left, Evaluator right)
    {
        var (l, r) = (Unit(left.Type), Unit(right.Type));
        if (l is null && r is null)
            return null;
        return (operation, left.Type, right.Type) switch
        {
            (ArithmeticOperator.Subtract, TimestampType or Date32Type, TimestampType or Date32Type) => Between(left, right, TypeRules.Finer(l!.Value, r!.Value)),
            (ArithmeticOperator.Add or ArithmeticOperator.Subtract, TimestampType or Date32Type or DurationType, DurationType) =>
                Moved(operation, left, right, TypeRules.Finer(l!.Value, r!.Value)),
            (ArithmeticOperator.Add, DurationType, TimestampType or Date32Type) => Moved(operation, right, left, TypeRules.Finer(l!.Value, r!.Value)),
            (ArithmeticOperator.Multiply or ArithmeticOperator.Divide, DurationType, _) when TypeRules.IsNumber(right.Type) => Scaled(operation, left, right),
            (ArithmeticOperator.Multiply, _, DurationType) when TypeRules.IsNumber(left.Type) => Scaled(operation, right, left),
            _ => null,
        };
    }

    private static TimeUnit? Unit(IArrowType type) => type switch
    {
        TimestampType t => t.Unit,
        DurationType d => d.Unit,
        Date32Type => TimeUnit.Second,
        _ => null,
    };

    private static Evaluator Between(Evaluator left, Evaluator right, TimeUnit unit) =>
        Cast(Calculate(ArithmeticOperator.Subtract, Instant(left, unit), Instant(right, unit)), DurationType.FromTimeUnit(unit));

    private static Evaluator Moved(ArithmeticOperator operation, Evaluator left, Evaluator right, TimeUnit unit)
    {
        IArrowType result = left.Type is DurationType ? DurationType.FromTimeUnit(unit) : new TimestampType(unit, (left.Type as TimestampType)?.Timezone);
        var from = left.Type is DurationType ? Number(left, result) : Instant(left, unit);
        return Cast(Calculate(operation, from, Number(right, DurationType.FromTimeUnit(unit))), result);
    }

    private static Evaluator Scaled(ArithmeticOperator operation, Evaluator duration, Evaluator factor) =>
        Cast(Cast(Calculate(operation, Number(duration, duration.Type), factor), Int64Type.Default), duration.Type);

    private static Evaluator Instant(Evaluator value, TimeUnit unit) => Number(value, new TimestampType(unit, (value.Type as TimestampType)?.Timezone));

    /// <summary>The integer a value is stored as, in the unit of a type.</summary>
    private static Evaluator Number(Evaluator value, IArrowType type) => Cast(Conversions.To(value, type), Int64Type.Default);

    private static Evaluator Cast(Evaluator value, IArrowType type) => Conversions.Cast(value, type, isTry: false);

    private static Evaluator Calculate(ArithmeticOperator operation, Evaluator left, Evaluator right) => OperatorFunctions.Calculate(
        new CallExpr(operation.ToString(), new LiteralExpr(null), new LiteralExpr(null)), [left, right], operation);
}
