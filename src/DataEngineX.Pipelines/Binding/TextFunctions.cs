using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions that make texts of texts, and measure them.</summary>
internal static class TextFunctions
{
    private static readonly ListType Texts = new(StringType.Default);

    public static void AddTo(Table table)
    {
        Define(table, FunctionNames.Lower, 1, 1, StringType.Default, a => (x, m) => Strings.Case(x, upper: false, m));
        Define(table, FunctionNames.Upper, 1, 1, StringType.Default, a => (x, m) => Strings.Case(x, upper: true, m));
        Define(table, FunctionNames.Trim, 1, 2, StringType.Default, a => Trim(a, start: true, end: true));
        Define(table, FunctionNames.TrimStart, 1, 2, StringType.Default, a => Trim(a, start: true, end: false));
        Define(table, FunctionNames.TrimEnd, 1, 2, StringType.Default, a => Trim(a, start: false, end: true));
        Define(table, FunctionNames.Reverse, 1, 1, StringType.Default, a => Strings.Reverse);
        Define(table, FunctionNames.Length, 1, 1, Int32Type.Default, a => Strings.Length);
        Define(table, FunctionNames.ByteLength, 1, 1, Int32Type.Default, a => Strings.ByteLength);
        Define(table, FunctionNames.Substring, 2, 3, StringType.Default, Substring);
        Define(table, FunctionNames.Left, 2, 2, StringType.Default, a => Edge(a, left: true));
        Define(table, FunctionNames.Right, 2, 2, StringType.Default, a => Edge(a, left: false));
        Define(table, FunctionNames.PadLeft, 3, 3, StringType.Default, a => Pad(a, left: true));
        Define(table, FunctionNames.PadRight, 3, 3, StringType.Default, a => Pad(a, left: false));
        Define(table, FunctionNames.Repeat, 2, 2, StringType.Default, Repeat);
        Define(table, FunctionNames.Replace, 3, 3, StringType.Default, Replace);
        Define(table, FunctionNames.Split, 2, 2, Texts, Split);
        Define(table, FunctionNames.SplitPart, 3, 3, StringType.Default, SplitPart, isNullable: true);
        table[FunctionNames.Concat] = Concat;
        table[FunctionNames.ConcatWith] = ConcatWith;
    }

    /// <summary>A function whose first argument is a text; with a null literal among its arguments it is null.</summary>
    public static void Define(
        Table table, string name, int least, int most, IArrowType type, Func<CallArguments, Kernel> make, bool? isNullable = null) =>
        table[name] = (call, a) =>
        {
            if (a.Count < least || a.Count > most)
                throw new PlanException($"'{name}' takes {(least == most ? $"{least}" : $"{least} to {most}")} arguments, not {a.Count}, in {call.Canonical}.");
            var arguments = new CallArguments(call, a);
            arguments.Text(0);
            return a.Any(x => x is ConstantEvaluator { Value: null })
                ? new ConstantEvaluator(null, type)
                : arguments.Evaluator(type, make(arguments), isNullable);
        };

    public static Evaluator Concat(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (a.Count == 0)
            throw new PlanException($"'{call.Function}' needs at least one argument in {call.Canonical}.");
        if (a.Any(x => x is ConstantEvaluator { Value: null }))
            return new ConstantEvaluator(null, StringType.Default);
        var (arguments, parts) = Parts(call, a, 0);
        return arguments.Evaluator(StringType.Default, (x, m) => TextJoins.Concat(x, parts, m));
    }

    private static Evaluator ConcatWith(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        if (a.Count < 2)
            throw new PlanException($"'{call.Function}' needs a separator and at least one text in {call.Canonical}.");
        var separator = Encoding.UTF8.GetBytes(new CallArguments(call, a).Literal<string>(0));
        var (arguments, parts) = Parts(call, a, 1);
        return arguments.Evaluator(StringType.Default, (x, m) => TextJoins.ConcatWith(x, parts, separator, m), isNullable: false);
    }

    /// <summary>Slots of the texts from one argument on. Some argument must be a column, so a first literal waits until there is one.</summary>
    private static (CallArguments Arguments, TextSlot[] Parts) Parts(CallExpr call, IReadOnlyList<Evaluator> a, int first)
    {
        var arguments = new CallArguments(call, a);
        var parts = new TextSlot[a.Count - first];
        var column = Enumerable.Range(first, parts.Length).FirstOrDefault(i => !arguments.IsLiteral(i), first);
        parts[column - first] = arguments.AsText(column);
        for (var i = first; i < a.Count; i++)
        {
            if (i != column)
                parts[i - first] = arguments.AsText(i);
        }

        return (arguments, parts);
    }

    private static Kernel Trim(CallArguments a, bool start, bool end)
    {
        Rune[]? characters = a.Count == 2 ? [.. a.Literal<string>(1).EnumerateRunes()] : null;
        return (x, m) => Strings.Trim(x, start, end, characters, m);
    }

    private static Kernel Substring(CallArguments a)
    {
        var (start, length) = (a.Whole(1), a.Count == 3 ? a.Whole(2) : new NumberSlot(-1, int.MaxValue));
        return (x, m) => Strings.Substring(x, start.Of(x), length.Of(x), m);
    }

    private static Kernel Edge(CallArguments a, bool left)
    {
        var count = a.Whole(1);
        return (x, m) => Strings.Edge(x, count.Of(x), left, m);
    }

    private static Kernel Pad(CallArguments a, bool left)
    {
        var (width, padding) = (a.Whole(1), a.LiteralBytes(2));
        return (x, m) => Strings.Pad(x, width.Of(x), padding, left, m);
    }

    private static Kernel Repeat(CallArguments a)
    {
        var count = a.Whole(1);
        return (x, m) => Strings.Repeat(x, count.Of(x), m);
    }

    private static Kernel Replace(CallArguments a)
    {
        var (from, to) = (a.LiteralBytes(1), Encoding.UTF8.GetBytes(a.Literal<string>(2)));
        return (x, m) => Strings.Replace(x, from, to, m);
    }

    private static Kernel Split(CallArguments a)
    {
        var separator = a.LiteralBytes(1);
        return (x, m) => SplitLoops.Split(Texts, x, separator, m);
    }

    private static Kernel SplitPart(CallArguments a)
    {
        var (separator, index) = (a.LiteralBytes(1), a.Whole(2));
        return (x, m) => SplitLoops.Part(x, separator, index.Of(x), m);
    }
}
