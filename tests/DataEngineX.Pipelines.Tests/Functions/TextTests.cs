using System.Text;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Compute;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Functions;

/// <summary>Functions on texts against what the methods of <see cref="string"/> say, over random texts, slices and nulls.</summary>
public sealed class TextTests
{
    private static readonly IArrowType Utf8 = StringType.Default;
    private static readonly Expr A = Col("a");
    private static readonly Expr B = Col("b");

    private static Gen<string> Texts => Gen.OneOf(
        Pick("", "a", "ab", "ba", "abab", "é", "漢字", "😀", "z😀a", " pad ", "\u00a0x\t", "ABC", "a,b,,c", ",", "aXbXc", "ſ", "ǅ", "İ"),
        Gen.Char["abAB é漢,%_"].Array[0, 12].Select(c => new string(c)));

    private static Gen<(object?[] Rows, int Pad)> Column => Gen.Select(
        Gen.Frequency((1, Gen.Const((string?)null)), (6, Texts!)).Array[0, 90].Select(r => (object?[])r), Gen.Int[0, 70]);

    public static TheoryData<string, Expr, Func<string, object?>> Functions => new()
    {
        { "lower", A.Lower(), s => s.ToLowerInvariant() },
        { "upper", A.Upper(), s => s.ToUpperInvariant() },
        { "trim", A.Trim(), s => s.Trim() },
        { "trim start", A.TrimStart(), s => s.TrimStart() },
        { "trim end", A.TrimEnd(), s => s.TrimEnd() },
        { "trim characters", A.Trim("ab漢"), s => s.Trim('a', 'b', '漢') },
        { "trim start characters", A.TrimStart("a "), s => s.TrimStart('a', ' ') },
        { "trim end characters", A.TrimEnd(" a"), s => s.TrimEnd('a', ' ') },
        { "length", A.Length(), s => s.EnumerateRunes().Count() },
        { "byte length", A.ByteLength(), s => Encoding.UTF8.GetByteCount(s) },
        { "substring", A.Substring(1, 2), s => Cut(s, 1, 2) },
        { "substring to the end", A.Substring(2), s => Cut(s, 2, 99) },
        { "substring from the end", A.Substring(-2), s => Cut(s, Math.Max(0, Size(s) - 2), 99) },
        { "substring of negative length", A.Substring(0, -1), _ => "" },
        { "left", A.Left(3), s => Cut(s, 0, 3) },
        { "left but", A.Left(-1), s => Cut(s, 0, Math.Max(0, Size(s) - 1)) },
        { "right", A.Right(3), s => Cut(s, Math.Max(0, Size(s) - 3), 99) },
        { "right but", A.Right(-1), s => Cut(s, 1, 99) },
        { "replace", A.Replace("ab", "é"), s => s.Replace("ab", "é", StringComparison.Ordinal) },
        { "remove", A.Replace("a", ""), s => s.Replace("a", "", StringComparison.Ordinal) },
        { "pad left", A.PadLeft(5, "é"), s => new string('é', Math.Max(0, 5 - Size(s))) + s },
        { "pad right", A.PadRight(5), s => s + new string(' ', Math.Max(0, 5 - Size(s))) },
        { "pad with a text", A.PadLeft(6, "xyz"), s => "xyzxyz"[..Math.Max(0, 6 - Size(s))] + s },
        { "repeat", A.Repeat(3), s => s + s + s },
        { "repeat never", A.Repeat(-1), _ => "" },
        { "reverse", A.Reverse(), s => string.Concat(s.EnumerateRunes().Reverse()) },
        { "index of", A.IndexOf("b"), s => s.IndexOf('b') is var at and >= 0 ? Size(s[..at]) : -1 },
        { "contains", A.Contains("ab"), s => s.Contains("ab", StringComparison.Ordinal) },
        { "contains nothing", A.Contains(""), _ => true },
        { "contains a wide one", A.Contains("😀a"), s => s.Contains("😀a", StringComparison.Ordinal) },
        { "starts with", A.StartsWith("ab"), s => s.StartsWith("ab", StringComparison.Ordinal) },
        { "ends with", A.EndsWith("b"), s => s.EndsWith('b') },
        { "split part", A.SplitPart(",", 1), s => s.Split(',') is { Length: > 1 } parts ? parts[1] : null },
        { "last part", A.SplitPart(",", -1), s => s.Split(',')[^1] },
        { "no part", A.SplitPart(",", 9), s => s.Split(',').ElementAtOrDefault(9) },
        { "concat", Concat(A, "-", A), s => s + "-" + s },
        { "plus", A + "!", s => s + "!" },
        { "matches", A.MatchesRegex("^[a-zé]+$"), s => System.Text.RegularExpressions.Regex.IsMatch(s, "^[a-zé]+$") },
        { "matches a literal", A.MatchesRegex("ab"), s => s.Contains("ab", StringComparison.Ordinal) },
        { "matches a start", A.MatchesRegex("^ab"), s => s.StartsWith("ab", StringComparison.Ordinal) },
        { "count", A.CountRegex("a|b"), s => s.Count(c => c is 'a' or 'b') },
        { "extract", A.ExtractRegex("[ab]+"), s => Matched(s, "[ab]+", 0) },
        { "extract a group", A.ExtractRegex("(a)(b|é)", 2), s => Matched(s, "(a)(b|é)", 2) },
        { "replace matches", A.ReplaceRegex("[ab]+", "é"), s => System.Text.RegularExpressions.Regex.Replace(s, "[ab]+", "é") },
        { "replace with groups", A.ReplaceRegex("(a)(.)", "$2$1"), s => System.Text.RegularExpressions.Regex.Replace(s, "(a)(.)", "$2$1") },
    };

    [Theory]
    [MemberData(nameof(Functions), DisableDiscoveryEnumeration = true)]
    public void Functions_say_what_string_methods_say(string what, Expr expression, Func<string, object?> expected)
    {
        Assert.NotEmpty(what);
        Column.Sample(
            t => KernelTest.Equal([.. t.Rows.Select(r => r is null ? null : expected((string)r))], Evaluated.Run(expression, t.Pad, (Utf8, t.Rows))),
            iter: 60);
    }

    public static TheoryData<string, Expr, Func<string, string, object?>> Pairs => new()
    {
        { "contains", A.Contains(B), (s, t) => s.Contains(t, StringComparison.Ordinal) },
        { "starts with", A.StartsWith(B), (s, t) => s.StartsWith(t, StringComparison.Ordinal) },
        { "ends with", A.EndsWith(B), (s, t) => s.EndsWith(t, StringComparison.Ordinal) },
        { "index of", A.IndexOf(B), (s, t) => s.IndexOf(t, StringComparison.Ordinal) is var at and >= 0 ? Size(s[..at]) : -1 },
        { "concat", Concat("<", A, B, ">"), (s, t) => $"<{s}{t}>" },
        { "left", A.Left(B.Length()), (s, t) => Cut(s, 0, Size(t)) },
        { "substring", A.Substring(B.Length(), B.Length()), (s, t) => Cut(s, Size(t), Size(t)) },
        { "repeat", A.Repeat(B.Length()), (s, t) => string.Concat(Enumerable.Repeat(s, Size(t))) },
    };

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Arguments_may_be_columns(string what, Expr expression, Func<string, string, object?> expected)
    {
        Assert.NotEmpty(what);
        Gen.Select(Column, Column).Sample(
            (left, right) =>
            {
                var length = Math.Min(left.Rows.Length, right.Rows.Length);
                object?[] a = left.Rows[..length], b = right.Rows[..length];
                KernelTest.Equal(
                    [.. a.Zip(b, (x, y) => x is null || y is null ? null : expected((string)x, (string)y))],
                    Evaluated.Run(expression, left.Pad, (Utf8, a), (Utf8, b)));
            },
            iter: 40);
    }

    [Fact]
    public void Nulls_are_left_out_by_concat_with_and_it_is_never_null()
    {
        object?[] a = ["x", null, null, ""], b = ["y", "y", null, "z"];
        Assert.Equal(["x-!-y", "!-y", "!", "-!-z"], Evaluated.Run(ConcatWith("-", A, "!", B), (Utf8, a), (Utf8, b)));
        Assert.Equal(["x-7", null, null, "-7"], Evaluated.Run(Concat(A, "-", 7), (Utf8, a)));
    }

    [Fact]
    public void Split_gives_lists_of_the_parts_between()
    {
        using var batch = Evaluated.Batch(3, (Utf8, ["a,b", null, "", ",", "é"]));
        var bound = ExpressionBinder.Bind(A.Split(","), batch.Schema);
        using var lists = (Apache.Arrow.ListArray)bound.Evaluate(batch, new Plans.RunParameters(Evaluated.Clock), new CountingAllocator());
        string?[] shown = [.. Enumerable.Range(0, lists.Length).Select(i =>
        {
            var items = (Apache.Arrow.StringArray?)lists.GetSlicedValues(i);
            return items is null ? null : string.Join('|', Enumerable.Range(0, items.Length).Select(k => items.GetString(k)));
        })];
        Assert.Equal<IEnumerable<string?>>(["a|b", null, "", "|", "é"], shown);
    }

    [Fact]
    public void A_null_literal_makes_every_row_null() =>
        Assert.Equal([null, null], Evaluated.Run(A.Contains(Lit(null)), (Utf8, ["a", "b"])));

    [Theory]
    [InlineData("(", "regular expression")]
    [InlineData("(?=a)", "without backtracking")]
    [InlineData(@"(a)\1", "without backtracking")]
    public void A_pattern_that_cannot_run_is_refused_while_binding(string pattern, string says)
    {
        var error = Evaluated.Refused(A.MatchesRegex(pattern), Utf8);
        Assert.Contains(pattern, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_refused_while_binding()
    {
        Assert.Contains("no group 2", Evaluated.Refused(A.ExtractRegex("(a)", 2), Utf8).Message, StringComparison.Ordinal);
        Assert.Contains("must not be empty", Evaluated.Refused(A.Replace("", "x"), Utf8).Message, StringComparison.Ordinal);
        Assert.Contains("must be a literal", Evaluated.Refused(new CallExpr(FunctionNames.Split, A, B), Utf8, Utf8).Message, StringComparison.Ordinal);
        Assert.Contains("(int32)", Evaluated.Refused(A.Upper(), Int32Type.Default).Message, StringComparison.Ordinal);
        Assert.Contains("takes 2", Evaluated.Refused(new CallExpr(FunctionNames.Left, A), Utf8).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_beyond_the_limit_names_its_row() => Assert.Contains(
        "row 1", Evaluated.Throws<OverflowException>(A.Repeat(B), (Utf8, ["a", "abc"]), (Int64Type.Default, [1L, 1L << 40])).Message, StringComparison.Ordinal);

    [Fact]
    public void Long_evil_patterns_take_linear_time() => Assert.Equal(
        [false], Evaluated.Run(A.MatchesRegex("^(a+)+$"), (Utf8, [new string('a', 50_000) + "!"])));

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static int Size(string text) => text.EnumerateRunes().Count();

    private static string Cut(string text, int start, int length) => string.Concat(text.EnumerateRunes().Skip(start).Take(length));

    private static string? Matched(string text, string pattern, int group) =>
        System.Text.RegularExpressions.Regex.Match(text, pattern).Groups[group] is { Success: true } found ? found.Value : null;
}
