using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Counts of many different texts, which are put apart at once and counted by several threads.</summary>
public class DistinctCountTests
{
    private static readonly Schema Columns = new([new Field("s", StringType.Default, true)], null);

    [Theory]
    [InlineData(1, 1L << 30)]
    [InlineData(3, 1L << 30)]
    [InlineData(2, 16L << 20)]
    public async Task Many_different_texts_are_counted_once_each(int threads, long budget)
    {
        const int rows = 330_000;
        var allocator = new TrackingAllocator(budget);
        var options = new CheckOptions { Allocator = allocator, Parallelism = threads };
        var suite = new QualityBuilder().DistinctCount("s", null, null).DistinctShare("s", null, null).Entropy("s", null, null).Build();
        using (var state = await SuiteState.ObserveAsync(suite, BatchesAsync(allocator, rows), Columns, options, TestContext.Current.CancellationToken))
        {
            Assert.Equal(budget < 1 << 30, state.SpilledBytes > 0);
            Hold(state.Finish());
            var saved = new MemoryStream();
            state.Save(saved);
            saved.Position = 0;
            using var loaded = SuiteState.Load(saved, suite, Columns, options);
            Hold(loaded.Finish());
        }

        Assert.Equal(0, allocator.HeldBytes);

        static void Hold(SuiteResult result)
        {
            // Two of three texts are there once, the others twice; one row in eleven has none.
            const int checkedRows = rows / 11 * 10;
            const int different = checkedRows / 4 * 3;
            Assert.Equal(different.ToString(CultureInfo.InvariantCulture), result.Verdicts[0].Observed);
            Assert.Equal(different / (double)checkedRows, double.Parse(result.Verdicts[1].Observed!, CultureInfo.InvariantCulture));
            var entropy = Math.Log(checkedRows) - (Math.Log(2) / 2);
            Assert.Equal(entropy, double.Parse(result.Verdicts[2].Observed!, CultureInfo.InvariantCulture), 1e-9);
        }
    }

    [Fact]
    public async Task Texts_that_end_in_digits_are_counted_as_others_are() => await HoldAsync(1, 150);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Texts_that_end_in_digits_are_counted_as_others_are_for_many_seeds() => await HoldAsync(SoakSettings.Seed, SoakSettings.Count);

    private static async Task HoldAsync(int firstSeed, int count)
    {
        var suite = new QualityBuilder().DistinctCount("s", null, null).DistinctShare("s", null, null).Build();
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            // More different ones than are told apart text by text.
            var texts = Serials(random, random.Next(3) == 0 ? random.Next(1, 50) : random.Next(1_100, 3_000));
            using var batch = Rows.Of(("s", StringType.Default, [.. texts]));
            using var whole = await ObserveAsync(suite, batch, texts.Length, 1);
            var distinct = texts.OfType<string>().Distinct().Count();
            Assert.True(distinct.ToString(CultureInfo.InvariantCulture) == whole.Finish().Verdicts[0].Observed, $"seed {seed}: {distinct}");
            using var cut = await ObserveAsync(suite, batch, random.Next(200, 1_500), random.Next(1, 4));
            Suites.Same(whole.Finish(), cut.Finish());
            var middle = random.Next(0, texts.Length);
            using var head = batch.SliceShared(0, middle);
            using var tail = batch.SliceShared(middle, texts.Length - middle);
            using var merged = await ObserveAsync(suite, head, 1_300, 1);
            using var later = await ObserveAsync(suite, tail, 1_300, 2);
            if (random.Next(2) == 0)
                merged.Save(new MemoryStream());
            merged.Merge(later);
            Suites.Same(whole.Finish(), merged.Finish());
            var saved = new MemoryStream();
            merged.Save(saved);
            saved.Position = 0;
            using var loaded = SuiteState.Load(saved, suite, Columns);
            Suites.Same(whole.Finish(), loaded.Finish());
        }
    }

    private static ValueTask<SuiteState> ObserveAsync(Suite suite, RecordBatch batch, int length, int threads) => SuiteState.ObserveAsync(
        suite,
        Rows.Stream(batch.Length == 0 ? [batch.SliceShared(0, 0)] : Rows.Split(batch, length)),
        batch.Schema,
        new CheckOptions { Parallelism = threads },
        TestContext.Current.CancellationToken);

    /// <summary>Texts of one prefix with digits behind it; of some seeds a few are others, at the end alone or anywhere.</summary>
    private static string?[] Serials(Random random, int count)
    {
        string[] prefixes = ["", "id", "no-", "ORD-2024-", "ü", "a1b"];
        var prefix = prefixes[random.Next(prefixes.Length)];
        var digits = random.Next(1, 13);
        var most = (long)Math.Min(Math.Pow(10, digits), random.Next(3) switch { 0 => 1e12, 1 => 5_000, _ => 100_000 });
        var texts = Enumerable.Range(0, count).Select(_ => (string?)(prefix + random.NextInt64(most).ToString($"d{digits}", CultureInfo.InvariantCulture))).ToArray();
        for (var i = random.Next(2) == 0 ? count : random.Next(count); i < count; i += random.Next(1, 300))
        {
            texts[i] = random.Next(7) switch
            {
                0 => null,
                1 => texts[i]![..^1],
                2 => texts[i]![..^1] + "x",
                3 => "x" + texts[i]![1..],
                4 => texts[i] + " and a text that is too long",
                5 => texts[i]![..^1] + ':',
                _ => "",
            };
        }

        return texts;
    }

    private static async IAsyncEnumerable<RecordBatch> BatchesAsync(TrackingAllocator allocator, int rows)
    {
        await Task.CompletedTask;
        var next = 0;
        for (var start = 0; start < rows; start += 11_000)
        {
            var texts = new StringArray.Builder();
            for (var row = 0; row < 11_000; row++)
            {
                if (row % 11 == 10)
                    texts.AppendNull();
                else
                    texts.Append(Text(next++));
            }

            yield return new RecordBatch(Columns, [texts.Build(allocator)], 11_000);
        }
    }

    /// <summary>Of four rows the last has the text of the one before it; some texts are too long for a short key.</summary>
    private static string Text(int number)
    {
        var key = number % 4 == 3 ? number - 1 : number;
        return key % 10 == 0 ? $"a text that is long {key}" : $"t{key}";
    }
}
