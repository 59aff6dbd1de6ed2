using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The functions an expression may call, by name.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>> Functions = Create();

    public static Evaluator Bind(CallExpr call, IReadOnlyList<Evaluator> arguments)
    {
        if (!Functions.TryGetValue(call.Function, out var bind))
            throw new PlanException($"There is no function '{call.Function}' in {call.Canonical}.");
        try
        {
            return ConstantFolding.Fold(call, arguments, OverDictionary(call, arguments, bind) ?? bind(call, arguments));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new PlanException($"'{call.Function}' has too few arguments in {call.Canonical}.");
        }
    }

    private static Evaluator? OverDictionary(
        CallExpr call, IReadOnlyList<Evaluator> arguments, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator> bind)
    {
        if (call.Function is FunctionNames.IsNull or FunctionNames.IsNotNull || !arguments.Any(a => a.Type is DictionaryType))
            return null;
        var mapped = NullFunctions.Names.Contains(call.Function) ? null : DictionaryEvaluator.TryCreate(arguments, a => bind(call, a));
        return mapped ?? bind(call, [.. arguments.Select(DictionaryEvaluator.Decoded)]);
    }

    public static PlanException Misfit(CallExpr call, IReadOnlyList<Evaluator> arguments) => new(
        $"'{call.Function}' cannot take ({string.Join(", ", arguments.Select(a => ArrowTypes.NameOf(a.Type)))}) in {call.Canonical}.");

    private static Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>> Create()
    {
        var table = new Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>>(StringComparer.Ordinal);
        OperatorFunctions.AddTo(table);
        NullFunctions.AddTo(table);
        SetFunctions.AddTo(table);
        BitFunctions.AddTo(table);
        NestedFunctions.AddTo(table);
        TextFunctions.AddTo(table);
        TextSearchFunctions.AddTo(table);
        TimeFunctions.AddTo(table);
        TimeMakingFunctions.AddTo(table);
        NumberFunctions.AddTo(table);
        return table;
    }
}
