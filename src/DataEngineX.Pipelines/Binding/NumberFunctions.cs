using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions on numbers; all but negation and absolute value compute in double.</summary>
internal static class NumberFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.Negate] = (call, a) => SameType(call, a, Arithmetic.Negate);
        table[FunctionNames.Abs] = (call, a) => SameType(call, a, Arithmetic.Abs);
        table[FunctionNames.Floor] = (call, a) => OnDouble(call, a, MathFunctions.Floor);
        table[FunctionNames.Ceiling] = (call, a) => OnDouble(call, a, MathFunctions.Ceiling);
        table[FunctionNames.Sqrt] = (call, a) => OnDouble(call, a, MathFunctions.Sqrt);
        table[FunctionNames.Sin] = (call, a) => OnDouble(call, a, MathFunctions.Sin);
        table[FunctionNames.Cos] = (call, a) => OnDouble(call, a, MathFunctions.Cos);
        table[FunctionNames.Exp] = (call, a) => OnDouble(call, a, MathFunctions.Exp);
        table[FunctionNames.Log] = (call, a) => OnDouble(call, a, MathFunctions.Log);
        table[FunctionNames.Round] = (call, a) =>
        {
            var digits = new CallArguments(call, a).Literal<int>(1);
            return OnDouble(call, a, (x, m) => MathFunctions.Round(x, digits, m));
        };
        table[FunctionNames.Pow] = Pow;
    }

    private static KernelEvaluator SameType(CallExpr call, IReadOnlyList<Evaluator> a, Func<IArrowArray, MemoryAllocator, IArrowArray> kernel) =>
        SchemaTools.IsNumeric(a[0].Type)
            ? new KernelEvaluator(a[0].Type, a[0].IsNullable, [a[0]], (x, m) => kernel(x[0], m))
            : throw FunctionTable.Misfit(call, a);

    private static KernelEvaluator OnDouble(CallExpr call, IReadOnlyList<Evaluator> a, Func<DoubleArray, MemoryAllocator, IArrowArray> kernel)
    {
        if (!SchemaTools.IsNumeric(a[0].Type))
            throw FunctionTable.Misfit(call, a);
        var value = Conversions.To(a[0], DoubleType.Default);
        return new KernelEvaluator(DoubleType.Default, value.IsNullable, [value], (x, m) => kernel((DoubleArray)x[0], m));
    }

    private static KernelEvaluator Pow(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (!a.All(x => SchemaTools.IsNumeric(x.Type)))
            throw FunctionTable.Misfit(call, a);
        Evaluator[] sides = [.. a.Select(x => Conversions.To(x, DoubleType.Default))];
        return new KernelEvaluator(
            DoubleType.Default, sides.Any(s => s.IsNullable), sides, (x, m) => MathFunctions.Pow((DoubleArray)x[0], (DoubleArray)x[1], m));
    }
}
