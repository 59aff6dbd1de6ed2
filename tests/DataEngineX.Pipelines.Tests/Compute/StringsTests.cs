using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class StringsTests
{
    [Fact]
    public void Texts_become_texts_as_string_methods_say() => Kinds.Column("utf8").Sample(t =>
    {
        Check(t, s => s.ToLowerInvariant(), Strings.Lower);
        Check(t, s => s.ToUpperInvariant(), Strings.Upper);
        Check(t, s => s.Trim(), Strings.Trim);
        Check(t, s => s.Replace("a", "éé", StringComparison.Ordinal), (c, a) => Strings.Replace(c, "a", "éé", a));
        Check(t, s => s.Replace("ab", "", StringComparison.Ordinal), (c, a) => Strings.Replace(c, "ab", "", a));
        foreach ((int start, int? length) in new (int, int?)[] { (0, null), (1, 1), (0, 2), (2, null), (30, 3) })
        {
            Check(t, s => Cut(s, start, length ?? int.MaxValue), (c, a) => Strings.Substring(c, start, length, a));
        }
    }, iter: 150);

    [Fact]
    public void Texts_are_measured_and_tested_as_string_methods_say() => Kinds.Column("utf8").Sample(t =>
    {
        using var column = (StringArray)Rows.Build(StringType.Default, t.Rows, t.Pad);
        Check(t, s => s.EnumerateRunes().Count(), (c, a) => Strings.Length(c, a));
        foreach (string needle in new[] { "", "a", "😀", "ba", "漢字", "eight" })
        {
            Check(t, s => s.Contains(needle, StringComparison.Ordinal), (c, a) => Strings.Contains(c, needle, a));
            Check(t, s => s.StartsWith(needle, StringComparison.Ordinal), (c, a) => Strings.StartsWith(c, needle, a));
            Check(t, s => s.EndsWith(needle, StringComparison.Ordinal), (c, a) => Strings.EndsWith(c, needle, a));
        }

        var regex = new Regex("^[a-zé]+$");
        Check(t, s => regex.IsMatch(s), (c, a) => Strings.MatchesRegex(c, regex, a));
    }, iter: 100);

    [Fact]
    public void Columns_are_joined_row_by_row() => Kinds.Pair("utf8").Sample(t =>
    {
        using var left = (StringArray)Rows.Build(StringType.Default, t.Left, t.Pad);
        using var right = (StringArray)Rows.Build(StringType.Default, t.Right, t.Pad / 2);
        KernelTest.Equal(
            [.. t.Left.Zip(t.Right, (l, r) => l is null || r is null ? null : (object)$"{l}{r}{l}")],
            KernelTest.Run(a => Strings.Concat([left, right, left], a)));
    }, iter: 100);

    [Fact]
    public void Casing_may_change_the_number_of_bytes()
    {
        using var column = (StringArray)Rows.Build(StringType.Default, ["ⱥⱥⱥ", "ÀB", null, "ascii"]);
        KernelTest.Equal(["ȺȺȺ", "ÀB", null, "ASCII"], KernelTest.Run(a => Strings.Upper(column, a)));
        KernelTest.Equal(["ⱥⱥⱥ", "àb", null, "ascii"], KernelTest.Run(a => Strings.Lower(column, a)));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var column = (StringArray)Rows.Build(StringType.Default, ["a"]);
        KernelTest.Throws<ArgumentException>(a => Strings.Replace(column, "", "x", a));
        KernelTest.Throws<ArgumentOutOfRangeException>(a => Strings.Substring(column, -1, null, a));
        KernelTest.Throws<ArgumentException>(a => Strings.Concat([], a));
    }

    private static void Check((object?[] Rows, int Pad) t, Func<string, object> expected, Func<StringArray, CountingAllocator, IArrowArray> kernel)
    {
        using var column = (StringArray)Rows.Build(StringType.Default, t.Rows, t.Pad);
        KernelTest.Equal([.. t.Rows.Select(r => r is null ? null : expected((string)r))], KernelTest.Run(a => kernel(column, a)));
    }

    private static string Cut(string text, int start, int length) =>
        text.EnumerateRunes().Skip(start).Take(length).Aggregate(new StringBuilder(), (b, r) => b.Append(r.ToString())).ToString();
}
