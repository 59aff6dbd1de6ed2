using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Keys that are whole numbers are told apart by their order, by bits or by hashes: all say what counting says.</summary>
public class WholeKeyTests
{
    private static readonly IArrowType[] Types =
        [Int64Type.Default, Int32Type.Default, Int8Type.Default, UInt64Type.Default, Date32Type.Default, new TimestampType(TimeUnit.Microsecond, (string?)null)];

    private static readonly SuiteRule[] Rules =
    [
        new(new UniqueRule("x")),
        new(new UniqueRule("x")) { Where = Col("keep") },
        new(new UniqueRule("x")) { GroupBy = ["g"] },
        new(new AggregateRule("x", ColumnAggregate.DistinctCount, null, null)),
        new(new AggregateRule("x", ColumnAggregate.DistinctShare, null, null)),
        new(new AggregateRule("x", ColumnAggregate.Entropy, null, null)),
    ];

    private static Suite Plain => new QualityBuilder().Unique("x").Build();

    private static Suite Everything => new(Rules) { MaxSamples = int.MaxValue };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_are_those_that_counting_finds() => await HoldAsync(1, 150);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Copies_are_those_that_counting_finds_for_many_seeds() => await HoldAsync(SoakSettings.Seed, SoakSettings.Count);

    [Theory]
    [InlineData(Order.Run, 5_000)]
    [InlineData(Order.Shuffled, 5_000)]
    [InlineData(Order.Far, 5_000)]
    [InlineData(Order.Rising, 5_000)]
    public async Task Large_batches_and_copies_far_apart_are_told_too(Order order, int length)
    {
        var random = new Random(3);
        const int rows = 40_000;
        var values = Values(order, rows, random);
        // One pair in one batch, one pair at both ends of the rows.
        values[length - 1] = values[length - 2];
        values[rows - 1] = values[7];
        using var batch = Rows.Longs("x", [.. values]);
        for (var threads = 1; threads <= 3; threads++)
        {
            var verdict = (await CheckAsync(Plain, batch, length, threads)).Verdicts[0];
            Assert.Equal((rows, 4), (verdict.Checked, verdict.Failed));
            Assert.Equal([7, length - 2, length - 1, rows - 1], Suites.Failing(verdict));
        }
    }

    [Fact]
    public async Task Row_numbers_are_kept_by_their_ends()
    {
        const int rows = 200_000;
        using var batch = Rows.Longs("x", [.. Enumerable.Range(0, rows).Select(i => (long?)i)]);
        var allocator = new TrackingAllocator();
        using var state = await SuiteState.ObserveAsync(
            Plain, Rows.Stream(Rows.Split(batch, 10_000)), batch.Schema, new CheckOptions { Allocator = allocator, Parallelism = 2 }, Cancel);
        Assert.Equal(VerdictOutcome.Pass, state.Finish().Verdicts[0].Outcome);
        // Hashed they would take 24 bytes each.
        Assert.InRange(allocator.PeakBytes, 1, 16_384);
    }

    [Fact]
    public async Task Ends_of_the_types_are_keys_like_others()
    {
        foreach (var (type, ends) in new (IArrowType, object[])[]
            { (Int64Type.Default, [long.MinValue, long.MaxValue]), (UInt64Type.Default, [0UL, ulong.MaxValue]), (Int8Type.Default, [sbyte.MinValue, sbyte.MaxValue]) })
        {
            using var batch = Rows.Of(("x", type, [ends[1], ends[0], null, ends[1], 5]));
            for (var length = 1; length <= 5; length++)
            {
                var verdict = (await CheckAsync(Plain, batch, length, 1)).Verdicts[0];
                Assert.Equal((4, 2), (verdict.Checked, verdict.Failed));
                Assert.Equal([0, 3], Suites.Failing(verdict));
                Assert.Equal(Convert.ToString(ends[1], System.Globalization.CultureInfo.InvariantCulture), verdict.Samples[0].Value);
            }
        }
    }

    private static async Task HoldAsync(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            var type = Types[random.Next(Types.Length)];
            using var batch = Sample(random, type);
            var expected = await CheckAsync(Everything, batch, Math.Max(1, batch.Length), 1);
            Compare(batch, expected, $"seed {seed}");
            Suites.Same(expected, await CheckAsync(Everything, batch, random.Next(1, 50), random.Next(1, 4)));
            Suites.Same(expected, await MergedAsync(Everything, batch, random));
        }
    }

    private static void Compare(RecordBatch batch, SuiteResult result, string because)
    {
        var keys = Enumerable.Range(0, batch.Length).Select(i => Key(batch.Column(0), i)).ToArray();
        var keep = (BooleanArray)batch.Column(1);
        var groups = (StringArray)batch.Column(2);
        Check(result.Verdicts[0], _ => true);
        Check(result.Verdicts[1], i => keep.GetValue(i) == true);
        foreach (var verdict in result.Verdicts.Where(v => v.Group.Count > 0))
            Check(verdict, i => $"\"{groups.GetString(i)}\"" == verdict.Group[0].Json);
        var different = keys.OfType<string>().Distinct().Count();
        Assert.Equal(different.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Verdicts[^3].Observed);

        void Check(Verdict verdict, Func<int, bool> isIn)
        {
            var rows = Enumerable.Range(0, keys.Length).Where(i => keys[i] is not null && isIn(i)).ToList();
            var failing = rows.GroupBy(i => keys[i]).Where(g => g.Count() > 1).SelectMany(g => g).Order().Select(i => (long)i).ToList();
            Assert.True((rows.Count, failing.Count) == (verdict.Checked, verdict.Failed), because);
            Assert.True(failing.SequenceEqual(verdict.Samples.Select(s => s.Row)), because);
        }
    }

    private static string? Key(IArrowArray column, int row) => column.IsNull(row) ? null : column switch
    {
        Int64Array a => $"{a.GetValue(row)}",
        Int32Array a => $"{a.GetValue(row)}",
        Int8Array a => $"{a.GetValue(row)}",
        UInt64Array a => $"{a.GetValue(row)}",
        Date32Array a => $"{a.GetValue(row)}",
        TimestampArray a => $"{a.GetValue(row)}",
        _ => throw new NotSupportedException(),
    };

    private static async Task<SuiteResult> CheckAsync(Suite suite, RecordBatch batch, int length, int threads)
    {
        var allocator = new TrackingAllocator();
        var parts = batch.Length == 0 ? [batch.SliceShared(0, 0)] : Rows.Split(batch, length);
        var result = await suite.CheckAsync(Rows.Stream(parts), batch.Schema, new CheckOptions { Allocator = allocator, Parallelism = threads }, Cancel);
        Assert.Equal(0, allocator.HeldBytes);
        return result;
    }

    /// <summary>The same from states of parts of the rows, some of them saved and loaded before they are merged.</summary>
    private static async Task<SuiteResult> MergedAsync(Suite suite, RecordBatch batch, Random random)
    {
        SuiteState? merged = null;
        for (var start = 0; start < batch.Length || merged is null;)
        {
            var length = Math.Min(batch.Length - start, random.Next(1, 100));
            using var part = batch.SliceShared(start, length);
            start += length;
            var options = new CheckOptions { Parallelism = random.Next(1, 3) };
            var next = await SuiteState.ObserveAsync(
                suite, Rows.Stream(length == 0 ? [part.SliceShared(0, 0)] : Rows.Split(part, random.Next(1, 30))), batch.Schema, options, Cancel);
            if (random.Next(3) == 0)
            {
                var saved = new MemoryStream();
                next.Save(saved);
                next.Dispose();
                saved.Position = 0;
                next = SuiteState.Load(saved, suite, batch.Schema, options);
            }

            if (merged is null)
            {
                merged = next;
                continue;
            }

            merged.Merge(next);
            next.Dispose();
        }

        using (merged)
            return merged.Finish();
    }

    private static RecordBatch Sample(Random random, IArrowType type)
    {
        var count = random.Next(0, 300);
        var values = Values((Order)random.Next(5), count, random);
        for (var i = random.Next(3) == 0 ? 0 : count; i < count; i += random.Next(1, 40))
            values[i] = values[random.Next(count)];
        var nulls = random.Next(2) == 0 ? 0 : 10;
        return Rows.Of(
            ("x", type, [.. values.Select(v => random.Next(100) < nulls ? null : Fit(v, type))]),
            ("keep", BooleanType.Default, [.. values.Select(_ => (object?)(random.Next(4) > 0))]),
            ("g", StringType.Default, [.. values.Select(_ => (object?)"abc"[random.Next(3)].ToString())]));
    }

    private static object Fit(long? value, IArrowType type) => type switch
    {
        Int8Type => (sbyte)value!.Value,
        Int32Type => (int)value!.Value,
        UInt64Type => (ulong)value!.Value,
        Date32Type => DateOnly.FromDayNumber((int)((ulong)value!.Value % 3_000_000)),
        TimestampType => DateTimeOffset.UnixEpoch.AddTicks(value!.Value % 1_000_000_000_000 * 10),
        _ => value!.Value,
    };

    private static long?[] Values(Order order, int count, Random random)
    {
        long first = random.Next(-1000, 1000);
        var values = new long?[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = order switch
            {
                Order.Far => random.NextInt64(long.MinValue, long.MaxValue),
                Order.Rising => first += random.Next(1, 5) * 1_000_000_007L,
                Order.Near => random.Next(0, Math.Max(1, count / 2)),
                _ => first + i,
            };
        }

        if (order == Order.Shuffled)
            random.Shuffle(values);
        return values;
    }

    public enum Order
    {
        Run,
        Shuffled,
        Far,
        Rising,
        Near,
    }
}
