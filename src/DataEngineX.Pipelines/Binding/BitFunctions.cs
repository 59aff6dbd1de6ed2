using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Operations on the bits of integers; two sides are promoted as in arithmetic.</summary>
internal static class BitFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.BitAnd] = (call, a) => Pair(call, a, BitOperator.And);
        table[FunctionNames.BitOr] = (call, a) => Pair(call, a, BitOperator.Or);
        table[FunctionNames.BitXor] = (call, a) => Pair(call, a, BitOperator.Xor);
        table[FunctionNames.BitNot] = (call, a) => One(call, a, BitOperator.Not, 0);
        table[FunctionNames.ShiftLeft] = (call, a) => Shift(call, a, BitOperator.ShiftLeft);
        table[FunctionNames.ShiftRight] = (call, a) => Shift(call, a, BitOperator.ShiftRight);
    }

    private static KernelEvaluator Pair(CallExpr call, IReadOnlyList<Evaluator> a, BitOperator operation)
    {
        if (a.Count != 2 || Conversions.CommonType(a[0], a[1]) is not { } type || !SchemaTools.IsInteger(type))
            throw FunctionTable.Misfit(call, a);
        Evaluator[] sides = [Conversions.To(a[0], type), Conversions.To(a[1], type)];
        return new KernelEvaluator(type, sides.Any(s => s.IsNullable), sides, (x, m) => Bitwise.Run(operation, x[0].Data, x[1].Data, 0, m));
    }

    private static KernelEvaluator Shift(CallExpr call, IReadOnlyList<Evaluator> a, BitOperator operation)
    {
        var places = new CallArguments(call, a).Literal<int>(1);
        var width = a[0].Type is FixedWidthType type ? type.BitWidth : 0;
        return places >= 0 && places < width
            ? One(call, a, operation, places)
            : throw new PlanException($"The places in {call.Canonical} must be 0 to {width - 1}.");
    }

    private static KernelEvaluator One(CallExpr call, IReadOnlyList<Evaluator> a, BitOperator operation, int places) => SchemaTools.IsInteger(a[0].Type)
        ? new KernelEvaluator(a[0].Type, a[0].IsNullable, [a[0]], (x, m) => Bitwise.Run(operation, x[0].Data, null, places, m))
        : throw FunctionTable.Misfit(call, a);
}
