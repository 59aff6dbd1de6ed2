using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The functions an expression may call, by name.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>> Functions = Create();

    public static Evaluator Bind(CallExpr call, IReadOnlyList<Evaluator> arguments) => Functions.TryGetValue(call.Function, out var bind)
        ? bind(call, arguments)
        : throw new PlanException($"There is no function '{call.Function}' in {call.Canonical}.");

    public static PlanException Misfit(CallExpr call, IReadOnlyList<Evaluator> arguments) => new(
        $"'{call.Function}' cannot take ({string.Join(", ", arguments.Select(a => ArrowTypes.NameOf(a.Type)))}) in {call.Canonical}.");

    private static Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>> Create()
    {
        var table = new Dictionary<string, Func<CallExpr, IReadOnlyList<Evaluator>, Evaluator>>(StringComparer.Ordinal);
        OperatorFunctions.AddTo(table);
        TextFunctions.AddTo(table);
        TextSearchFunctions.AddTo(table);
        TimeFunctions.AddTo(table);
        NumberFunctions.AddTo(table);
        return table;
    }
}
