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
