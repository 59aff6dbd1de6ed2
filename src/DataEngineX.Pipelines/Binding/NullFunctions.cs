using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Null handling and choice: functions in which a null argument does not make the result null.</summary>
internal static class NullFunctions
{
    /// <summary>Their names: such a function cannot be computed on the values of a dictionary alone.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        FunctionNames.IsNull, FunctionNames.IsNotNull, FunctionNames.Coalesce, FunctionNames.NullIf, FunctionNames.If, FunctionNames.Case,
        FunctionNames.Greatest, FunctionNames.Least, FunctionNames.IsDistinct, FunctionNames.IsNotDistinct, FunctionNames.And, FunctionNames.Or,
        FunctionNames.Hash, FunctionNames.ConcatWith,
    };

    public static void AddTo(Table table)
    {
        table[FunctionNames.IsNull] = (_, a) => Ask(a, Nulls.IsNull);
        table[FunctionNames.IsNotNull] = (_, a) => Ask(a, Nulls.IsNotNull);
        table[FunctionNames.Coalesce] = Coalesce;
        table[FunctionNames.NullIf] = NullIf;
        table[FunctionNames.If] = Case;
        table[FunctionNames.Case] = Case;
        table[FunctionNames.IsDistinct] = (call, a) => Distinct(call, a, negated: false);
        table[FunctionNames.IsNotDistinct] = (call, a) => Distinct(call, a, negated: true);
        table[FunctionNames.Greatest] = (call, a) => Extreme(call, a, greatest: true);
        table[FunctionNames.Least] = (call, a) => Extreme(call, a, greatest: false);
    }

    private static KernelEvaluator Ask(IReadOnlyList<Evaluator> a, Func<IArrowArray, Apache.Arrow.Memory.MemoryAllocator, IArrowArray> kernel) =>
        new(BooleanType.Default, false, a, (x, m) => kernel(x[0], m));

    private static Evaluator Coalesce(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var values = Branch(call, a);
        List<Evaluator> asked = [];
        foreach (var value in values)
        {
            if (value is ConstantEvaluator { Value: null })
                continue;
            asked.Add(value);
            if (!value.IsNullable)
                break;
        }

        return asked.Count switch
        {
            0 => values[0],
            1 => asked[0],
            _ => new CoalesceEvaluator(values[0].Type, asked),
        };
    }

    /// <summary>Null where both are equal, else the first.</summary>
    private static CaseEvaluator NullIf(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var value = DictionaryEvaluator.Decoded(a[0]);
        return new CaseEvaluator(
            value.Type, [OperatorFunctions.Compare(call, a, ComparisonOperator.Equal)], [new ConstantEvaluator(null, value.Type), value]);
    }

    /// <summary>Conditions and values by turns, and a last value; a condition that is never true goes, and one that always is ends the list.</summary>
    private static Evaluator Case(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (a.Count < 3 || a.Count % 2 == 0)
            throw new PlanException($"'{call.Function}' takes conditions and values by turns, and a last value, in {call.Canonical}.");
        var values = Branch(call, [.. a.Where((_, i) => i % 2 == 1 || i == a.Count - 1)]);
        List<Evaluator> conditions = [];
        List<Evaluator> kept = [];
        for (var b = 0; b < values.Count - 1; b++)
        {
            var condition = Conversions.ToBoolean(a[2 * b]) ?? throw FunctionTable.Misfit(call, a);
            if (condition is ConstantEvaluator { Value: not true })
                continue;
            kept.Add(values[b]);
            if (condition is ConstantEvaluator)
                return Built(conditions, kept);
            conditions.Add(condition);
        }

        kept.Add(values[^1]);
        return Built(conditions, kept);

        static Evaluator Built(List<Evaluator> conditions, List<Evaluator> values) =>
            conditions.Count == 0 ? values[0] : new CaseEvaluator(values[0].Type, conditions, values);
    }

    /// <summary>Null is a value like any other: equal to null, different from all else. The result is never null.</summary>
    private static Evaluator Distinct(CallExpr call, IReadOnlyList<Evaluator> a, bool negated)
    {
        if (a[0] is ConstantEvaluator { Value: null } || a[1] is ConstantEvaluator { Value: null })
        {
            var other = a[0] is ConstantEvaluator { Value: null } ? a[1] : a[0];
            return Ask([other], negated ? Nulls.IsNull : Nulls.IsNotNull);
        }

        var different = OperatorFunctions.Compare(call, a, negated ? ComparisonOperator.Equal : ComparisonOperator.NotEqual);
        if (!different.IsNullable)
            return different;
        return new KernelEvaluator(
            BooleanType.Default, false, [different, Ask([a[0]], Nulls.IsNull), Ask([a[1]], Nulls.IsNull)],
            (x, m) => Logic.Distinct((BooleanArray)x[0], (BooleanArray)x[1], (BooleanArray)x[2], negated, m));
    }

    /// <summary>Nulls are passed over; null only where all are.</summary>
    private static Evaluator Extreme(CallExpr call, IReadOnlyList<Evaluator> a, bool greatest)
    {
        var values = Branch(call, a);
        if (!TypeRules.IsComparable(values[0].Type))
            throw FunctionTable.Misfit(call, a);
        return values.Count == 1 ? values[0] : new KernelEvaluator(
            values[0].Type, values.All(v => v.IsNullable), values, (x, m) => Extremes.Of(x, greatest, m));
    }

    private static IReadOnlyList<Evaluator> Branch(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (a.Count == 0)
            throw FunctionTable.Misfit(call, a);
        var type = Conversions.CommonType(a) ?? throw FunctionTable.Misfit(call, a);
        return [.. a.Select(x => Conversions.To(x, type))];
    }
}
