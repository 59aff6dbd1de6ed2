using System.Text.RegularExpressions;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Patterns that are looked up in a table match what the regular expression itself matches.</summary>
public class AsciiRegexTests
{
    private static readonly string[] Pieces =
        ["a", "b", "ab", "[a-c]", "[^b]", "[]a-]", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\.", "\\\\", "\\$", "\\x41", "\\u0062", "(ab|c)", "(?:a|)", "(a(b)c)", "-", "_", "\\n", "ü", "[ü]", "[^ü]"];

    private static readonly string[] Counts = ["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??", "{0}"];

    private static readonly string[] Starts = ["", "", "^", "\\A"];

    private static readonly string[] Ends = ["", "", "$", "\\z", "\\Z", "\\\\$"];

    private static readonly string[] Characters = ["a", "b", "c", "ab", "A", "1", " ", "\n", "-", ".", "\\", "$", "_", "ü", "𝄞", "z", "\t", "\u001d", ""];

    [Fact]
    public void Any_pattern_matches_as_the_regular_expression_does() => Hold(1, 400);

    [Fact]
    [Trait("Category", "Soak")]
    public void Any_pattern_matches_as_the_regular_expression_does_for_many_seeds() => Hold(SoakSettings.Seed, SoakSettings.Count * 10);

    [Theory]
    [InlineData("^Note [0-9a-f]{8} by [a-m]$", "Note 0123abcd by k", true)]
    [InlineData("^Note [0-9a-f]{8} by [a-m]$", "Note 0123abcd by k\n", true)]
    [InlineData("^Note [0-9a-f]{8} by [a-m]\\z", "Note 0123abcd by k\n", false)]
    [InlineData("^a|b$", "xb", true)]
    [InlineData("^a|b$", "bx", false)]
    [InlineData("(?i)ABC", "abc", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData("[a-z-[aeiou]]", "e", false)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("a{2,1000}", "aaa", true)]
    [InlineData("", "", true)]
    [InlineData("\\$", "$", true)]
    [InlineData("x*", "ü", true)]
    public void Patterns_of_all_kinds_match_as_they_should(string pattern, string text, bool matches)
    {
        Assert.Equal(matches, new Regex(pattern, RegexOptions.CultureInvariant).IsMatch(text));
        var verdict = Suites.Verdict(Rows.Of(("s", StringType.Default, [text])), q => q.Regex("s", pattern));
        Assert.Equal(matches ? 0 : 1, verdict.Failed);
    }

    private static void Hold(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            var pattern = Pick(random, Starts) + string.Join(
                random.Next(6) == 0 ? "|" : "", Enumerable.Range(0, random.Next(0, 5)).Select(_ => Pick(random, Pieces) + Pick(random, Counts))) + Pick(random, Ends);
            Regex expected;
            RegexRule rule;
            try
            {
                expected = new Regex(pattern, RegexOptions.CultureInvariant);
                rule = new RegexRule("s", pattern);
            }
            catch (ArgumentException)
            {
                continue;
            }

            var texts = Enumerable.Range(0, 40).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => Pick(random, Characters)))).ToArray();
            using var batch = Rows.Of(("s", StringType.Default, [.. texts]));
            var result = new Suite(new SuiteRule(rule)) { MaxSamples = int.MaxValue }
                .CheckAsync(Rows.Stream([batch.SliceShared(0, batch.Length)]), batch.Schema, new CheckOptions { Parallelism = 1 }).AsTask().GetAwaiter().GetResult();
            var failing = texts.Index().Where(t => !expected.IsMatch(t.Item)).Select(t => (long)t.Index);
            Assert.True(failing.SequenceEqual(result.Verdicts[0].Samples.Select(s => s.Row)), $"seed {seed}: {pattern}");
        }
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
