using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Pipelines.Tests.Compute;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Functions;

public sealed class LikeTests
{
    private static Gen<string> Made(string characters, int most) => Gen.Char[characters].Array[0, most].Select(c => new string(c));

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Like_says_what_the_pattern_as_a_regular_expression_says() =>
        Gen.Select(Made("abé漢", 9).Array[1, 40], Made("aabé%%_", 7), Gen.Int[0, 70]).Sample((texts, pattern, pad) =>
        {
            var oracle = Oracle(pattern, null);
            KernelTest.Equal(
                [.. texts.Select(t => (object)oracle.IsMatch(t))],
                Evaluated.Run(Col("a").Like(pattern), pad, (StringType.Default, [.. texts])));
        }, iter: 1500);

    [Fact]
    public void An_escape_makes_wildcards_plain() =>
        Gen.Select(Made("a%_!", 6).Array[1, 30], Pick("a", "!%", "!_", "!!", "%", "_").Array[0, 5].Select(string.Concat)).Sample((texts, pattern) =>
        {
            var oracle = Oracle(pattern, '!');
            KernelTest.Equal(
                [.. texts.Select(t => (object)oracle.IsMatch(t))],
                Evaluated.Run(Col("a").Like(pattern, '!'), (StringType.Default, [.. texts])));
        }, iter: 500);

    [Fact]
    public void Case_may_be_ignored() => Assert.Equal(
        [true, true, false, null],
        Evaluated.Run(Col("a").LikeIgnoreCase("É%B"), (StringType.Default, ["éxb", "ÉB", "eb", null])));

    [Theory]
    [InlineData("a!", "is its last character")]
    [InlineData("!a", "stands before 'a'")]
    public void A_dangling_escape_is_refused_while_binding(string pattern, string says)
    {
        var error = Evaluated.Refused(Col("a").Like(pattern, '!'), StringType.Default);
        Assert.Contains($"'{pattern}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static Regex Oracle(string pattern, char? escape)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == escape)
                regex.Append(Regex.Escape(pattern[++i].ToString()));
            else
                regex.Append(pattern[i] switch { '%' => ".*", '_' => ".", var c => Regex.Escape(c.ToString()) });
        }

        return new Regex(regex.Append("\\z").ToString(), RegexOptions.Singleline);
    }
}
