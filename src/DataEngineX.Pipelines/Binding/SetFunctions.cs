using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Membership in a list.</summary>
internal static class SetFunctions
{
    public static void AddTo(Table table) => table[FunctionNames.In] = In;

    /// <summary>Literals make a set; what is not a literal is compared one by one. A literal that is no value of the column's type is never met.</summary>
    private static Evaluator In(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var value = a[0];
        if (!TypeRules.IsComparable(value.Type))
            throw FunctionTable.Misfit(call, a);
        var literals = new List<object?>(a.Count - 1);
        List<Evaluator> tests = [];
        foreach (var item in a.Skip(1))
        {
            if (item is ConstantEvaluator { Value: null })
                literals.Add(null);
            else if (item is not ConstantEvaluator literal || value is ConstantEvaluator)
                tests.Add(OperatorFunctions.Compare(call, [value, item], ComparisonOperator.Equal));
            else if (Member(call, a, value, literal) is { } member)
                literals.Add(member);
        }

        if (literals.Count != 0 || tests.Count == 0)
        {
            var set = InSet.Create(value.Type, literals);
            tests.Insert(0, new KernelEvaluator(
                BooleanType.Default, value.IsNullable || literals.Contains(null), [value], (x, m) => set.Evaluate(x[0], m)));
        }

        return tests.Aggregate((left, right) => new LogicEvaluator(left, right, isAnd: false));
    }

    private static object? Member(CallExpr call, IReadOnlyList<Evaluator> a, Evaluator value, ConstantEvaluator literal)
    {
        var type = TypeRules.Plain(value.Type);
        if (TypeRules.IsNumber(type) && TypeRules.IsNumber(literal.Type))
        {
            if (!Conversions.Fits(literal.Value!, type))
                return null;
        }
        else if (Conversions.CommonType(value, literal) is null)
        {
            throw FunctionTable.Misfit(call, a);
        }

        return Conversions.To(literal, type) is ConstantEvaluator { Value: { } member } ? member : null;
    }
}
