using CsCheck;

namespace DataEngineX.Quality.Tests.Statistics;

public class FrequentItemsTests
{
    [Fact]
    public void Few_texts_are_counted_exactly_however_they_are_split() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 2].Array[0, 60], Gen.Int[0, 60]).Sample(
            (texts, cut) =>
            {
                var first = Of(texts.Take(cut));
                first.Merge(FrequentItems.Parse(Of(texts.Skip(cut)).ToJson()));
                var expected = texts.GroupBy(t => t).Select(g => new CountedValue(g.Key, g.Count(), 0))
                    .OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal);
                Assert.Equal(expected, first.Top(100));
                Assert.Equal(expected.Take(3), first.Top(3));
                Assert.Equal(texts.Distinct().Count(), first.Distinct);
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Counts_of_many_texts_are_within_their_bound()
    {
        for (var seed = 1; seed <= 4; seed++)
            Check(seed, 60_000);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void Counts_of_many_texts_are_within_their_bound_for_many_seeds()
    {
        for (var i = 0; i < SoakSettings.Count; i++)
            Check(SoakSettings.Seed + i, 40_000);
    }

    [Fact]
    public void Long_texts_are_told_apart_and_shown_by_their_beginning()
    {
        var start = new string('ü', 150);
        var items = Of([start + "a", start + "b", start + "a"]);
        Assert.Equal(2, items.Distinct);
        Assert.Equal(new CountedValue(new string('ü', 128) + "…", 2, 0), items.Top(1)[0]);
    }

    private static FrequentItems Of(IEnumerable<string> texts)
    {
        var items = new FrequentItems();
        foreach (var text in texts)
            items.Add(text);
        return items;
    }

    private static void Check(int seed, int count)
    {
        var random = new Random(seed);
        var exact = new Dictionary<string, long>();
        FrequentItems[] parts = [new(), new(), new()];
        for (var i = 0; i < count; i++)
        {
            // A few texts are frequent, most are there once.
            var text = random.Next(3) > 0 ? $"often {(int)(20 * random.NextDouble() * random.NextDouble())}" : $"once {random.Next()}";
            exact[text] = exact.GetValueOrDefault(text) + 1;
            parts[random.Next(parts.Length)].Add(text);
        }

        parts[0].Merge(parts[1]);
        parts[0].Merge(parts[2]);
        Assert.Equal(count, parts[0].Total);
        Assert.InRange(parts[0].MaxError, 1, count / 1024);
        Assert.Null(parts[0].Distinct);
        var top = parts[0].Top(int.MaxValue).ToDictionary(v => v.Value);
        foreach (var (text, times) in exact)
        {
            var counted = top.GetValueOrDefault(text)?.Count ?? 0;
            Assert.InRange(counted, times - parts[0].MaxError, times);
        }
    }
}
