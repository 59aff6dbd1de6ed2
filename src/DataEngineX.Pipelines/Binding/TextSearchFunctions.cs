using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions that look for texts and patterns in texts.</summary>
internal static class TextSearchFunctions
{
    public static void AddTo(Table table)
    {
        TextFunctions.Define(table, FunctionNames.Contains, 2, 2, BooleanType.Default, a =>
        {
            var wanted = a.Text(1);
            return (x, m) => TextSearch.Contains(x, wanted.Of(x), m);
        });
        TextFunctions.Define(table, FunctionNames.StartsWith, 2, 2, BooleanType.Default, a =>
        {
            var wanted = a.Text(1);
            return (x, m) => TextSearch.StartsWith(x, wanted.Of(x), m);
        });
        TextFunctions.Define(table, FunctionNames.EndsWith, 2, 2, BooleanType.Default, a =>
        {
            var wanted = a.Text(1);
            return (x, m) => TextSearch.EndsWith(x, wanted.Of(x), m);
        });
        TextFunctions.Define(table, FunctionNames.IndexOf, 2, 2, Int32Type.Default, a =>
        {
            var wanted = a.Text(1);
            return (x, m) => TextSearch.IndexOf(x, wanted.Of(x), m);
        });
        TextFunctions.Define(table, FunctionNames.Like, 2, 3, BooleanType.Default, a => Like(a, ignoreCase: false));
        TextFunctions.Define(table, FunctionNames.LikeIgnoreCase, 2, 3, BooleanType.Default, a => Like(a, ignoreCase: true));
        TextFunctions.Define(table, FunctionNames.MatchesRegex, 2, 2, BooleanType.Default, Matches);
        TextFunctions.Define(table, FunctionNames.RegexCount, 2, 2, Int32Type.Default, a =>
        {
            var regex = RegexOf(a);
            return (x, m) => RegexLoops.Count(x, regex, m);
        });
        TextFunctions.Define(table, FunctionNames.RegexExtract, 3, 3, StringType.Default, Extract, isNullable: true);
        TextFunctions.Define(table, FunctionNames.RegexReplace, 3, 3, StringType.Default, Replace);
    }

    private static Kernel Like(CallArguments a, bool ignoreCase)
    {
        var like = LikeKernel(PatternOf(a, ignoreCase));
        if (!ignoreCase)
            return like;
        return (x, m) =>
        {
            using var lowered = Strings.Case(x, upper: false, m);
            return like([lowered], m);
        };
    }

    private static LikePattern PatternOf(CallArguments a, bool ignoreCase)
    {
        var pattern = a.Literal<string>(1);
        Rune[]? escape = a.Count == 3 ? [.. a.Literal<string>(2).EnumerateRunes()] : null;
        if (escape is { Length: not 1 })
            throw a.Refuse($"The escape '{a.Literal<string>(2)}' must be one character");
        var rune = escape?[0];
        try
        {
            return ignoreCase
                ? LikePattern.Parse(pattern.ToLowerInvariant(), rune is { } r ? Rune.ToLowerInvariant(r) : null)
                : LikePattern.Parse(pattern, rune);
        }
        catch (FormatException e)
        {
            throw a.Refuse($"'{pattern}' is not a LIKE pattern: {e.Message}");
        }
    }

    /// <summary>Plain tests where the pattern is one literal between percent signs, the matcher for all others.</summary>
    private static Kernel LikeKernel(LikePattern pattern)
    {
        var literal = pattern.Literal;
        return pattern.Form switch
        {
            LikePattern.Shape.Same => (x, m) => TextSearch.Same(x, new TextInput(literal), m),
            LikePattern.Shape.Prefix => (x, m) => TextSearch.StartsWith(x, new TextInput(literal), m),
            LikePattern.Shape.Suffix => (x, m) => TextSearch.EndsWith(x, new TextInput(literal), m),
            LikePattern.Shape.Contains or LikePattern.Shape.Anything => (x, m) => TextSearch.Contains(x, new TextInput(literal), m),
            _ => (x, m) => TextSearch.Like(x, pattern, m),
        };
    }

    /// <summary>An expression that is only a literal text is looked for as such.</summary>
    private static Kernel Matches(CallArguments a)
    {
        var regex = RegexOf(a);
        var pattern = regex.ToString();
        var anchored = pattern.StartsWith('^');
        var rest = anchored ? pattern[1..] : pattern;
        if (rest.Length > 0 && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '@' or '/' or ',' or ';' or ':' or '=' or '!'))
        {
            var literal = Encoding.UTF8.GetBytes(rest);
            return anchored
                ? (x, m) => TextSearch.StartsWith(x, new TextInput(literal), m)
                : (x, m) => TextSearch.Contains(x, new TextInput(literal), m);
        }

        return (x, m) => RegexLoops.Matches(x, regex, m);
    }

    private static Kernel Extract(CallArguments a)
    {
        var (regex, group) = (RegexOf(a), a.Literal<int>(2));
        if (Array.IndexOf(regex.GetGroupNumbers(), group) < 0)
            throw a.Refuse($"The regular expression '{regex}' has no group {group}");
        return (x, m) => RegexLoops.Extract(x, regex, group, m);
    }

    private static Kernel Replace(CallArguments a)
    {
        var (regex, replacement) = (RegexOf(a), a.Literal<string>(2));
        var plain = !replacement.Contains('$', StringComparison.Ordinal);
        return (x, m) => RegexLoops.Replace(x, regex, replacement, plain, m);
    }

    private static Regex RegexOf(CallArguments a)
    {
        var pattern = a.Literal<string>(1);
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw a.Refuse($"'{pattern}' is not a regular expression that runs without backtracking: {e.Message}");
        }
    }
}
