using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Texts that are nearly all different are tested several bytes at once, and few different ones once each: both say what characters say.</summary>
public class ManyTextTests
{
    private static readonly string[] Patterns =
    [
        "^Note [0-9a-f]{8} by [a-m]$", "^[A-Z]{2}-\\d{4}\\z", "^\\w\\w\\s[^a]\\Z", "^(?:ab){3}.$", "^[ac-eg-ik]{4}$", "^.{31}$", "^.{32}$", "^$", "^[ü]a$", "^a[^b]c$", "[0-9]x", "^ab",
        "(a|b)c+",
    ];

    private static readonly string[] Likes = ["%1%", "%ab%", "%abcdefgh%", "%abcdefghi%", "ab%", "%ab", "%", "%a%b%", "%ü%", "a_c", "%\\%%"];

    private static readonly string[] Tails = ["", "", "", "\n", "ü", "𝄞", "\0", "x", " and more than a vector holds, by far"];

    [Fact]
    public async Task Texts_are_tested_as_characters_are() => await HoldAsync(1, 12);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Texts_are_tested_as_characters_are_for_many_seeds() => await HoldAsync(SoakSettings.Seed, SoakSettings.Count / 10);

    private static async Task HoldAsync(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            // More than a thousand different ones at first are too many to be told apart, and fewer are not.
            var texts = Enumerable.Range(0, seed % 3 == 0 ? 900 : 1_500).Select(_ => random.Next(20) == 0 ? null : Text(random)).ToArray();
            if (seed % 4 == 1)
                texts = [.. texts, .. Enumerable.Repeat("Note 0123abcd by k", 300)];
            var (low, high) = (random.Next(0, 8), random.Next(8, 40));
            SuiteRule[] rules =
            [
                .. Patterns.Select(p => new SuiteRule(new RegexRule("s", p))),
                .. Patterns.Select(p => new SuiteRule(new RegexRule("s", p, negated: true))),
                .. Likes.Select(p => new SuiteRule(new LikeRule("s", [p]))),
                new(new LengthRule("s", low, high)),
                new(new InSetRule("s", texts.OfType<string>().Take(5))),
                new(new AggregateRule("s", ColumnAggregate.DistinctCount, null, null)),
            ];
            var suite = new Suite(rules) { MaxSamples = int.MaxValue };
            using var batch = Rows.Of(("s", StringType.Default, [.. texts]));
            var result = await suite.CheckAsync(
                Rows.Stream(Rows.Split(batch, seed % 2 == 0 ? texts.Length : 1_400)), batch.Schema, new CheckOptions { Parallelism = 2 }, TestContext.Current.CancellationToken);
            Func<string, bool>[] expected =
            [
                .. Patterns.Select(p => new Regex(p, RegexOptions.CultureInvariant)).Select(r => (Func<string, bool>)(t => r.IsMatch(t))),
                .. Patterns.Select(p => new Regex(p, RegexOptions.CultureInvariant)).Select(r => (Func<string, bool>)(t => !r.IsMatch(t))),
                .. Likes.Select(LikeOf).Select(r => (Func<string, bool>)(t => r.IsMatch(t))),
                t => t.EnumerateRunes().Count() is var length && length >= low && length <= high,
                t => texts.OfType<string>().Take(5).Contains(t),
            ];
            for (var i = 0; i < expected.Length; i++)
            {
                var failing = texts.Index().Where(t => t.Item is not null && !expected[i](t.Item)).Select(t => (long)t.Index);
                Assert.True(failing.SequenceEqual(result.Verdicts[i].Samples.Select(s => s.Row)), $"seed {seed}: {result.Verdicts[i].Expectation}");
            }

            Assert.Equal(texts.OfType<string>().Distinct().Count().ToString(System.Globalization.CultureInfo.InvariantCulture), result.Verdicts[^1].Observed);
        }
    }

    /// <summary>A text that matches one of the patterns, or nearly does.</summary>
    private static string Text(Random random)
    {
        var text = new StringBuilder(random.Next(9) switch
        {
            0 => $"Note {random.Next():x8} by {(char)('a' + random.Next(26))}",
            1 => $"{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))}-{random.Next(10_000):d4}",
            2 => $"a{random.Next(10)} {random.Next(10)}",
            3 => "ababab" + (char)random.Next(32, 127),
            4 => new string([.. Enumerable.Range(0, 4).Select(_ => "abcdefghijkl"[random.Next(12)])]),
            5 => new string((char)('a' + random.Next(26)), 31 + random.Next(2)),
            6 => "üa",
            7 => $"a{(char)random.Next(32, 400)}c",
            _ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(i => (char)('a' + i))) + random.Next(100_000),
        });
        if (text.Length > 0 && random.Next(4) == 0)
            text[random.Next(text.Length)] = (char)random.Next(1, 300);
        return text.Append(Tails[random.Next(Tails.Length)]).ToString();
    }

    private static Regex LikeOf(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            regex.Append(pattern[i] switch
            {
                '%' => ".*",
                '_' => "(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|.)",
                '\\' => Regex.Escape(pattern[++i].ToString()),
                _ => Regex.Escape(pattern[i].ToString()),
            });
        }

        return new Regex(regex.Append("\\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
