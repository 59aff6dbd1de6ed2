using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions on texts.</summary>
internal static class TextFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.Lower] = (call, a) => OnText(call, a, StringType.Default, (x, m) => Strings.Lower((StringArray)x[0], m));
        table[FunctionNames.Upper] = (call, a) => OnText(call, a, StringType.Default, (x, m) => Strings.Upper((StringArray)x[0], m));
        table[FunctionNames.Trim] = (call, a) => OnText(call, a, StringType.Default, (x, m) => Strings.Trim((StringArray)x[0], m));
        table[FunctionNames.Length] = (call, a) => OnText(call, a, Int32Type.Default, (x, m) => Strings.Length((StringArray)x[0], m));
        table[FunctionNames.Concat] = Concat;
        table[FunctionNames.Contains] = (call, a) =>
        {
            var text = Literal<string>(call, a, 1);
            return OnText(call, a, BooleanType.Default, (x, m) => Strings.Contains((StringArray)x[0], text, m));
        };
        table[FunctionNames.StartsWith] = (call, a) =>
        {
            var text = Literal<string>(call, a, 1);
            return OnText(call, a, BooleanType.Default, (x, m) => Strings.StartsWith((StringArray)x[0], text, m));
        };
        table[FunctionNames.EndsWith] = (call, a) =>
        {
            var text = Literal<string>(call, a, 1);
            return OnText(call, a, BooleanType.Default, (x, m) => Strings.EndsWith((StringArray)x[0], text, m));
        };
        table[FunctionNames.Substring] = (call, a) =>
        {
            var (start, length) = (Literal<int>(call, a, 1), Literal<int>(call, a, 2));
            return OnText(call, a, StringType.Default, (x, m) => Strings.Substring((StringArray)x[0], start, length, m));
        };
        table[FunctionNames.Replace] = (call, a) =>
        {
            var (from, to) = (Literal<string>(call, a, 1), Literal<string>(call, a, 2));
            return OnText(call, a, StringType.Default, (x, m) => Strings.Replace((StringArray)x[0], from, to, m));
        };
        table[FunctionNames.MatchesRegex] = MatchesRegex;
    }

    public static Evaluator Concat(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        Evaluator[] texts = [.. a.Select(x => SchemaTools.IsText(x.Type) || x is ConstantEvaluator ? Conversions.To(x, StringType.Default)
            : Conversions.Cast(x, StringType.Default, isTry: false))];
        return new KernelEvaluator(StringType.Default, texts.Any(t => t.IsNullable), texts, (x, m) => Strings.Concat([.. x.Cast<StringArray>()], m));
    }

    public static T Literal<T>(CallExpr call, IReadOnlyList<Evaluator> a, int index) => index < a.Count && a[index] is ConstantEvaluator { Value: T value }
        ? value
        : throw new PlanException($"Argument {index + 1} of '{call.Function}' must be a literal {typeof(T).Name} in {call.Canonical}.");

    private static KernelEvaluator OnText(
        CallExpr call, IReadOnlyList<Evaluator> a, IArrowType type, Func<IReadOnlyList<IArrowArray>, Apache.Arrow.Memory.MemoryAllocator, IArrowArray> kernel) =>
        SchemaTools.IsText(a[0].Type) ? new KernelEvaluator(type, a[0].IsNullable, [a[0]], kernel) : throw FunctionTable.Misfit(call, a);

    private static KernelEvaluator MatchesRegex(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var pattern = Literal<string>(call, a, 1);
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return OnText(call, a, BooleanType.Default, (x, m) => Strings.MatchesRegex((StringArray)x[0], regex, m));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new PlanException($"'{pattern}' is not a regular expression that runs without backtracking: {e.Message}");
        }
    }
}
