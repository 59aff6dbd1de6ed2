using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates methods of texts and regular expressions.</summary>
internal static class TextTranslator
{
    public static Expr? Method(MethodCallExpression call, TranslationVisitor visitor)
    {
        var arguments = call.Arguments.ToList();
        // Comparison is by bytes: an ordinal argument says what happens anyway, any other would be a lie.
        if (arguments.Count > 0 && arguments[^1].Type == typeof(StringComparison))
        {
            if (!CapturedValue.TryRead(arguments[^1], out var comparison) || comparison is not StringComparison.Ordinal)
                throw TranslationVisitor.Refuse(call, "texts compare by their bytes: use StringComparison.Ordinal, with ToLower() or ToUpper() on both sides to ignore case.");
            arguments.RemoveAt(arguments.Count - 1);
        }

        Expr Argument(int index) => visitor.Visit(arguments[index]);
        if (call.Object is null)
        {
            return (call.Method.Name, arguments.Count) switch
            {
                (nameof(string.IsNullOrEmpty), _) => Argument(0).IsNull() | Argument(0) == "",
                (nameof(string.IsNullOrWhiteSpace), _) => Argument(0).IsNull() | Argument(0).Trim() == "",
                (nameof(string.Equals), 2) => Argument(0) == Argument(1),
                (nameof(string.Concat), _) => Columns.Concat([.. Items(arguments, 0).Select(visitor.Visit)]),
                (nameof(string.Join), >= 2) => Columns.ConcatWith(Constant(call, arguments[0], visitor), [.. Items(arguments, 1).Select(visitor.Visit)]),
                (nameof(string.Format), >= 1) => Formatted(call, arguments, visitor),
                _ => null,
            };
        }

        var text = visitor.Visit(call.Object);
        return (call.Method.Name, arguments.Count) switch
        {
            (nameof(string.ToLower) or nameof(string.ToLowerInvariant), 0) => text.Lower(),
            (nameof(string.ToUpper) or nameof(string.ToUpperInvariant), 0) => text.Upper(),
            (nameof(string.Trim), 0) => text.Trim(),
            (nameof(string.TrimStart), 0) => text.TrimStart(),
            (nameof(string.TrimEnd), 0) => text.TrimEnd(),
            (nameof(string.Trim), 1) => text.Trim(Characters(call, arguments[0], visitor)),
            (nameof(string.TrimStart), 1) => text.TrimStart(Characters(call, arguments[0], visitor)),
            (nameof(string.TrimEnd), 1) => text.TrimEnd(Characters(call, arguments[0], visitor)),
            (nameof(string.Contains), 1) => text.Contains(Argument(0)),
            (nameof(string.StartsWith), 1) => text.StartsWith(Argument(0)),
            (nameof(string.EndsWith), 1) => text.EndsWith(Argument(0)),
            (nameof(string.IndexOf), 1) => text.IndexOf(Argument(0)),
            (nameof(string.Equals), 1) => text == Argument(0),
            (nameof(string.Substring), 1) => text.Substring(Argument(0)),
            (nameof(string.Substring), 2) => text.Substring(Argument(0), Argument(1)),
            ("get_Chars", 1) => text.Substring(Argument(0), 1),
            (nameof(string.Replace), 2) => new CallExpr(FunctionNames.Replace, text, Argument(0), Argument(1)),
            (nameof(string.PadLeft), _) => text.PadLeft(Argument(0), arguments.Count == 2 ? Constant(call, arguments[1], visitor) : " "),
            (nameof(string.PadRight), _) => text.PadRight(Argument(0), arguments.Count == 2 ? Constant(call, arguments[1], visitor) : " "),
            (nameof(string.Split), >= 1) when IsPlainSplit(arguments) => text.Split(Constant(call, arguments[0], visitor)),
            (nameof(ToString), 0) => text,
            _ => null,
        };
    }

    /// <summary><see cref="Regex"/> with a constant pattern, or a captured instance.</summary>
    public static Expr? OfRegex(MethodCallExpression call, TranslationVisitor visitor)
    {
        var arguments = call.Arguments.ToList();
        if (arguments.Count == 0)
            return null;
        var options = RegexOptions.None;
        if (arguments[^1].Type == typeof(RegexOptions))
        {
            options = CapturedValue.TryRead(arguments[^1], out var read) ? (RegexOptions)read! : throw TranslationVisitor.Refuse(call, "the options must be constant.");
            arguments.RemoveAt(arguments.Count - 1);
        }

        string pattern;
        if (call.Object is null)
        {
            pattern = Constant(call, arguments[1], visitor);
            arguments.RemoveAt(1);
        }
        else
        {
            if (visitor.DependsOnRow(call.Object) || !CapturedValue.TryRead(call.Object, out var captured) || captured is not Regex regex)
                return null;
            (pattern, options) = (regex.ToString(), regex.Options);
        }

        pattern = Inline(call, options) + pattern;
        var text = visitor.Visit(arguments[0]);
        return (call.Method.Name, arguments.Count) switch
        {
            (nameof(Regex.IsMatch), 1) => text.MatchesRegex(pattern),
            (nameof(Regex.Count), 1) => text.CountRegex(pattern),
            (nameof(Regex.Replace), 2) when arguments[1].Type == typeof(string) => text.ReplaceRegex(pattern, Constant(call, arguments[1], visitor)),
            _ => null,
        };
    }

    /// <summary>A constant text or character.</summary>
    public static string Constant(LinqExpression whole, LinqExpression argument, TranslationVisitor visitor) =>
        !visitor.DependsOnRow(argument) && CapturedValue.TryRead(argument, out var value) && value is string or char
            ? value.ToString()!
            : throw TranslationVisitor.Refuse(whole, $"'{argument}' must be a constant text.");

    private static string Inline(LinqExpression call, RegexOptions options)
    {
        var known = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture
            | RegexOptions.IgnorePatternWhitespace | RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        if ((options & ~known) != 0)
            throw TranslationVisitor.Refuse(call, $"the options {options & ~known} are not supported; only those without backtracking are.");
        var letters = string.Concat(new[]
        {
            (RegexOptions.IgnoreCase, 'i'), (RegexOptions.Multiline, 'm'), (RegexOptions.Singleline, 's'),
            (RegexOptions.ExplicitCapture, 'n'), (RegexOptions.IgnorePatternWhitespace, 'x'),
        }.Where(o => options.HasFlag(o.Item1)).Select(o => o.Item2));
        return letters.Length == 0 ? "" : $"(?{letters})";
    }

    private static string Characters(LinqExpression call, LinqExpression argument, TranslationVisitor visitor) =>
        !visitor.DependsOnRow(argument) && CapturedValue.TryRead(argument, out var value) ? value switch
        {
            char one => one.ToString(),
            char[] several => new string(several),
            object?[] several => string.Concat(several),
            _ => throw TranslationVisitor.Refuse(call, "the characters must be constant."),
        }
        : throw TranslationVisitor.Refuse(call, "the characters must be constant.");

    private static bool IsPlainSplit(List<LinqExpression> arguments) => (arguments[0].Type == typeof(string) || arguments[0].Type == typeof(char))
        && (arguments.Count == 1 || (arguments.Count == 2 && CapturedValue.TryRead(arguments[1], out var options) && options is StringSplitOptions.None or 0));

    /// <summary>Arguments from one on, those of a params array one by one.</summary>
    private static IEnumerable<LinqExpression> Items(List<LinqExpression> arguments, int first) =>
        arguments.Count == first + 1 && arguments[first] is NewArrayExpression array ? array.Expressions : arguments.Skip(first);

    /// <summary>What an interpolated string becomes when not all of its holes are texts.</summary>
    private static Expr Formatted(MethodCallExpression call, List<LinqExpression> arguments, TranslationVisitor visitor)
    {
        var holes = Items(arguments, 1).ToList();
        var parts = new List<Expr>();
        var format = Constant(call, arguments[0], visitor);
        foreach (Match part in Regex.Matches(format, @"\{\{|\}\}|\{(\d+)(?:,(-?\d+))?(?::([^}]*))?\}|[^{}]+"))
        {
            if (!part.Groups[1].Success)
            {
                parts.Add(part.Value is "{{" or "}}" ? part.Value[..1] : part.Value);
                continue;
            }

            var hole = holes[int.Parse(part.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)];
            var type = hole is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand.Type : hole.Type;
            var isTime = TimeTranslator.IsTime(Nullable.GetUnderlyingType(type) ?? type);
            if (part.Groups[2].Success || (part.Groups[3].Success && !isTime))
                throw TranslationVisitor.Refuse(call, "numbers are written the invariant way: leave out the width and the format, and round or pad before.");
            parts.Add(part.Groups[3].Success ? visitor.Visit(hole).Format(part.Groups[3].Value) : visitor.Visit(hole));
        }

        return parts.Count == 1 ? parts[0].Cast(StringType.Default) : Columns.Concat(parts);
    }
}
