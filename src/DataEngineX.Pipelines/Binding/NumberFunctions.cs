using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions on numbers. Negation, absolute value and rounding keep integers and decimals as they are; all else computes in double.</summary>
internal static class NumberFunctions
{
    private const int MostDigits = 15;

    private static readonly Dictionary<string, MathFunction> InDouble = new(StringComparer.Ordinal)
    {
        [FunctionNames.Sqrt] = MathFunction.Sqrt,
        [FunctionNames.Cbrt] = MathFunction.Cbrt,
        [FunctionNames.Exp] = MathFunction.Exp,
        [FunctionNames.Log] = MathFunction.Log,
        [FunctionNames.Log10] = MathFunction.Log10,
        [FunctionNames.Log2] = MathFunction.Log2,
        [FunctionNames.Sin] = MathFunction.Sin,
        [FunctionNames.Cos] = MathFunction.Cos,
        [FunctionNames.Tan] = MathFunction.Tan,
        [FunctionNames.Asin] = MathFunction.Asin,
        [FunctionNames.Acos] = MathFunction.Acos,
        [FunctionNames.Atan] = MathFunction.Atan,
        [FunctionNames.Sinh] = MathFunction.Sinh,
        [FunctionNames.Cosh] = MathFunction.Cosh,
        [FunctionNames.Tanh] = MathFunction.Tanh,
        [FunctionNames.Degrees] = MathFunction.Degrees,
        [FunctionNames.Radians] = MathFunction.Radians,
    };

    public static void AddTo(Table table)
    {
        foreach (var (name, function) in InDouble)
            table[name] = (call, a) => OnDouble(call, a, (x, m) => MathFunctions.Apply(function, x, m));
        table[FunctionNames.Negate] = (call, a) => SameType(call, a, Arithmetic.Negate);
        table[FunctionNames.Abs] = (call, a) => SameType(call, a, Arithmetic.Abs);
        table[FunctionNames.Sign] = Sign;
        table[FunctionNames.Floor] = (call, a) => Whole(call, a, MathFunction.Floor, MidpointRounding.ToNegativeInfinity);
        table[FunctionNames.Ceiling] = (call, a) => Whole(call, a, MathFunction.Ceiling, MidpointRounding.ToPositiveInfinity);
        table[FunctionNames.Truncate] = (call, a) => Whole(call, a, MathFunction.Truncate, MidpointRounding.ToZero);
        table[FunctionNames.Round] = (call, a) => Round(call, a, MidpointRounding.ToEven);
        table[FunctionNames.RoundAway] = (call, a) => Round(call, a, MidpointRounding.AwayFromZero);
        table[FunctionNames.Pow] = Pow;
        table[FunctionNames.Atan2] = (call, a) => Pair(call, a, MathFunctions.Atan2);
        table[FunctionNames.IsNaN] = (call, a) => Test<NaNTest>(call, a, otherwise: false);
        table[FunctionNames.IsFinite] = (call, a) => Test<FiniteTest>(call, a, otherwise: true);
        table[FunctionNames.IsInfinite] = (call, a) => Test<InfiniteTest>(call, a, otherwise: false);
    }

    private static KernelEvaluator SameType(CallExpr call, IReadOnlyList<Evaluator> a, Func<IArrowArray, MemoryAllocator, IArrowArray> kernel)
    {
        var value = Number(call, a, 0);
        return new KernelEvaluator(value.Type, value.IsNullable, [value], (x, m) => kernel(x[0], m));
    }

    private static KernelEvaluator Sign(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var value = Number(call, a, 0);
        return new KernelEvaluator(Int32Type.Default, value.IsNullable, [value], (x, m) => UnaryLoops.Sign(x[0].Data, m));
    }

    private static Evaluator Whole(CallExpr call, IReadOnlyList<Evaluator> a, MathFunction function, MidpointRounding mode)
    {
        var value = Number(call, a, 0);
        return SchemaTools.IsInteger(value.Type) ? value
            : value.Type is Decimal128Type ? OnDecimal(value, 0, mode)
            : OnDouble(call, a, (x, m) => MathFunctions.Apply(function, x, m));
    }

    private static Evaluator Round(CallExpr call, IReadOnlyList<Evaluator> a, MidpointRounding mode)
    {
        var value = Number(call, a, 0);
        var digits = new CallArguments(call, a).Literal<int>(1);
        if (digits < 0 || (digits > MostDigits && SchemaTools.IsFloating(value.Type)))
            throw new PlanException($"The digits in {call.Canonical} must be 0 to {MostDigits}.");
        return SchemaTools.IsInteger(value.Type) ? value
            : value.Type is Decimal128Type ? OnDecimal(value, digits, mode)
            : OnDouble(call, a, (x, m) => MathFunctions.Round(x, digits, mode, m));
    }

    private static KernelEvaluator OnDecimal(Evaluator value, int digits, MidpointRounding mode) => new(
        DecimalRounding.TypeOf((Decimal128Type)value.Type, digits), value.IsNullable, [value], (x, m) => DecimalRounding.Run(x[0], digits, mode, m));

    private static KernelEvaluator OnDouble(CallExpr call, IReadOnlyList<Evaluator> a, Func<DoubleArray, MemoryAllocator, IArrowArray> kernel)
    {
        var value = Conversions.To(Number(call, a, 0), DoubleType.Default);
        return new KernelEvaluator(DoubleType.Default, value.IsNullable, [value], (x, m) => kernel((DoubleArray)x[0], m));
    }

    private static KernelEvaluator Pow(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        Number(call, a, 1);
        return Conversions.To(a[1], DoubleType.Default) is ConstantEvaluator { Value: double exponent }
            ? OnDouble(call, a, (x, m) => MathFunctions.Pow(x, exponent, m))
            : Pair(call, a, MathFunctions.Pow);
    }

    private static KernelEvaluator Pair(CallExpr call, IReadOnlyList<Evaluator> a, Func<DoubleArray, DoubleArray, MemoryAllocator, IArrowArray> kernel)
    {
        Evaluator[] sides = [Conversions.To(Number(call, a, 0), DoubleType.Default), Conversions.To(Number(call, a, 1), DoubleType.Default)];
        return new KernelEvaluator(
            DoubleType.Default, sides.Any(s => s.IsNullable), sides, (x, m) => kernel((DoubleArray)x[0], (DoubleArray)x[1], m));
    }

    /// <summary>Integers and decimals have no NaN and no infinity; what they answer is null where they are.</summary>
    private static Evaluator Test<TTest>(CallExpr call, IReadOnlyList<Evaluator> a, bool otherwise)
        where TTest : struct, IFloatTest
    {
        var value = Number(call, a, 0);
        if (SchemaTools.IsFloating(value.Type))
            return new KernelEvaluator(BooleanType.Default, value.IsNullable, [value], (x, m) => FloatTests.Run<TTest>(x[0], m));
        var answer = new ConstantEvaluator(otherwise, BooleanType.Default);
        return value.IsNullable
            ? new CaseEvaluator(
                BooleanType.Default, [new KernelEvaluator(BooleanType.Default, false, [value], (x, m) => Nulls.IsNull(x[0], m))],
                [new ConstantEvaluator(null, BooleanType.Default), answer])
            : answer;
    }

    private static Evaluator Number(CallExpr call, IReadOnlyList<Evaluator> a, int index) => index < a.Count
        ? a[index].Type is NullType ? Conversions.To(a[index], DoubleType.Default)
            : TypeRules.IsNumber(a[index].Type) ? a[index] : throw FunctionTable.Misfit(call, a)
        : throw FunctionTable.Misfit(call, a);
}
