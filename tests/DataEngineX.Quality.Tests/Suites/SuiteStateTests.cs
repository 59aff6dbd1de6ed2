using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests;

/// <summary>Days add up: states that are merged, and saved and loaded, say what one pass over all rows says.</summary>
public class SuiteStateTests
{
    private static readonly CheckOptions Options = new() { Clock = new FixedClock(Suites.Now), Parallelism = 2 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A rule of each kind of state, and the ways to filter, group and tolerate.</summary>
    private static Suite Everything => new QualityBuilder()
        .NotNull("a").Null("s").Unique("a").Unique("s", "a").Unique("t").Between("a", 3, 30).Mostly(0.5).Between("x", -1.5, 60).Where(Col("s") != "b").InSet("s", "a", "bb")
        .NotInSet("a", 3, 4).Regex("s", "^[a-c]$").Like("t", "%ong%").Length("s", 1, 1).Increasing("a").Decreasing("s", strictly: true).Increasing("x").ZScore("x", 1)
        .Min("x", null, null).Max("a", null, null).Min("s", null, null).Mean("x", null, null).StandardDeviation("x", null, null).StandardDeviation("a", null, null)
        .Sum("a", null, null).Sum("x", null, null).Sum("d", null, null).Median("x", null, null).Median("a", null, null).Median("d", null, null)
        .Quantiles("x", [new QuantileBand(0.9, null, 1), new QuantileBand(0.1, null, 1)], QuantileInterpolation.Linear).Quantiles("a", [new QuantileBand(0.4, null, 1)])
        .DistinctCount("a", null, null).DistinctCount("t", null, null).DistinctShare("d", null, null).Entropy("s", null, null)
        .DistinctEqual("s", "a").DistinctInSet("a", 1).MostCommon("s", ["a"]).Correlation("a", "x", null).MutualInformation("a", "s", null)
        .PairGreater("a", "x").PairInSet("a", "s", [(1L, "a"), (null, "bb")]).DistinctInRow(["a", "x"]).RowSum(["a", "x"], 5).Completeness(["a", "x"], 1).RowCount(3, 20)
        .NoGaps("at", CalendarUnit.Hour).FreshWithin("at", TimeSpan.FromDays(1)).Divergence("x", Partition.OfIntervals([0, 10, 50], [0.5, 0.5]), 0.1)
        .Divergence("s", Partition.OfValues(["a", "bb"], [0.5, 0.5]), 0.1).ColumnExists("a").Satisfies(Col("a") > Col("x"))
        .Mean("x", null, 0).PerGroup("s").Unique("a").PerGroup("s").NotNull("x").PerGroup("s", "d").Mostly(0.5)
        .KeyColumns("d").Build();

    [Fact]
    public async Task Merged_states_say_what_one_pass_says() => await HoldsAsync(1, 60);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Merged_states_say_what_one_pass_says_for_many_seeds() => await HoldsAsync(SoakSettings.Seed, SoakSettings.Count);

    [Fact]
    public async Task A_state_of_another_suite_or_schema_is_refused()
    {
        using var batch = Sample(new Random(1), 5);
        using var state = await ObserveAsync(new QualityBuilder().NotNull("a").Build(), batch, 5);
        var bytes = new MemoryStream();
        state.Save(bytes);
        foreach (var suite in new[] { new QualityBuilder().NotNull("x").Build(), new QualityBuilder().NotNull("a").KeyColumns("s").Build() })
        {
            bytes.Position = 0;
            Assert.Contains("another suite", Assert.Throws<FormatException>(() => SuiteState.Load(bytes, suite, batch.Schema, Options)).Message, StringComparison.Ordinal);
            using var other = await ObserveAsync(suite, batch, 5);
            Assert.Throws<ArgumentException>(() => state.Merge(other));
        }

        Assert.Throws<ArgumentException>(() => state.Merge(state));
    }

    [Fact]
    public async Task A_damaged_state_is_an_error_and_frees_everything()
    {
        using var batch = Sample(new Random(1), 40);
        using var state = await ObserveAsync(Everything, batch, 7);
        var memory = new MemoryStream();
        state.Save(memory);
        var bytes = memory.ToArray();
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 200))
        {
            var allocator = new TrackingAllocator();
            var cut = new MemoryStream(bytes[..length]);
            Assert.Throws<FormatException>(() => SuiteState.Load(cut, Everything, batch.Schema, Options with { Allocator = allocator }));
            Assert.Equal(0, allocator.HeldBytes);
        }
    }

    [Fact]
    public async Task A_state_that_was_merged_is_used_up()
    {
        using var batch = Sample(new Random(1), 5);
        var suite = new QualityBuilder().NotNull("a").Build();
        using var state = await ObserveAsync(suite, batch, 5);
        using var later = await ObserveAsync(suite, batch, 5);
        state.Merge(later);
        Assert.Equal(10, state.Rows);
        Assert.Throws<InvalidOperationException>(later.Finish);
        Assert.Throws<InvalidOperationException>(() => state.Merge(later));
    }

    [Fact]
    public async Task A_rule_of_ones_own_that_does_not_merge_is_named()
    {
        using var batch = Sample(new Random(1), 5);
        var suite = new QualityBuilder().Add(new FirstRule()).Build();
        using var state = await ObserveAsync(suite, batch, 2);
        Assert.Equal(VerdictOutcome.Pass, Assert.Single(state.Finish().Verdicts).Outcome);
        using var later = await ObserveAsync(suite, batch, 2);
        Assert.Contains("OwnState", Assert.Throws<NotSupportedException>(() => state.Merge(later)).Message, StringComparison.Ordinal);
        Assert.Contains("OwnState", Assert.Throws<NotSupportedException>(() => state.Save(new MemoryStream())).Message, StringComparison.Ordinal);
    }

    private static async Task HoldsAsync(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            using var batch = Sample(random, random.Next(0, 60));
            using var whole = await ObserveAsync(Everything, batch, Math.Max(1, batch.Length));
            var allocator = new TrackingAllocator();
            SuiteState? merged = null;
            for (var start = 0; start < batch.Length || merged is null;)
            {
                var length = Math.Min(batch.Length - start, random.Next(0, 40));
                using var part = batch.SliceShared(start, length);
                start += length;
                var next = await ObserveAsync(Everything, part, random.Next(1, 9), allocator);
                if (random.Next(2) == 0)
                    next = Again(next, batch.Schema, allocator);
                if (merged is null)
                {
                    merged = next;
                    continue;
                }

                merged.Merge(next);
                next.Dispose();
                if (random.Next(3) == 0)
                    merged = Again(merged, batch.Schema, allocator);
            }

            Assert.Equal(batch.Length, merged.Rows);
            Suites.Same(whole.Finish(), merged.Finish());
            Suites.Same(whole.Finish(), merged.Finish());
            merged.Dispose();
            Assert.Equal(0, allocator.HeldBytes);
        }
    }

    /// <summary>The state, saved, disposed and loaded.</summary>
    private static SuiteState Again(SuiteState state, Schema schema, MemoryAllocator allocator)
    {
        var bytes = new MemoryStream();
        state.Save(bytes);
        state.Dispose();
        bytes.Position = 0;
        return SuiteState.Load(bytes, Everything, schema, Options with { Allocator = allocator });
    }

    private static async Task<SuiteState> ObserveAsync(Suite suite, RecordBatch batch, int length, MemoryAllocator? allocator = null) =>
        await SuiteState.ObserveAsync(suite, Rows.Stream(Rows.Split(batch, length)), batch.Schema, Options with { Allocator = allocator }, Cancel);

    private static RecordBatch Sample(Random random, int rows)
    {
        var columns = Enumerable.Range(0, 6).Select(_ => new object?[rows]).ToArray();
        for (var i = 0; i < rows; i++)
        {
            columns[0][i] = random.Next(8) == 0 ? null : (long)random.Next(40);
            columns[1][i] = random.Next(10) switch { 0 => null, 1 when random.Next(4) == 0 => double.NaN, 2 => -0.0, _ => Math.Round(random.NextDouble() * 80, 2) };
            columns[2][i] = random.Next(9) == 0 ? null : new[] { "a", "bb", "c", "ü" }[random.Next(4)];
            columns[3][i] = random.Next(9) == 0 ? null : $"a long text with number {random.Next(10)}"[..random.Next(10, 25)];
            columns[4][i] = random.Next(9) == 0 ? null : (decimal)random.Next(12) / 4;
            columns[5][i] = random.Next(9) == 0 ? null : Suites.Now.AddHours(-random.Next(30));
        }

        return Rows.Of(
            ("a", Int64Type.Default, columns[0]),
            ("x", DoubleType.Default, columns[1]),
            ("s", StringType.Default, columns[2]),
            ("t", StringType.Default, columns[3]),
            ("d", new Decimal128Type(10, 2), columns[4]),
            ("at", new TimestampType(TimeUnit.Microsecond, "UTC"), columns[5]));
    }

    /// <summary>A rule as a user writes it who knows nothing of merging: batches come in order.</summary>
    private sealed class FirstRule : Rule
    {
        public override string Name => "in_order";

        public override string Expectation => "batches come in order";

        public override BoundRule Bind(DataEngineX.Plans.BindContext context, Schema schema) => new Bound();

        private sealed class Bound : BoundRule
        {
            public override RuleState CreateState(RuleContext context) => new OwnState();
        }

        private sealed class OwnState : RuleState
        {
            private long _next;

            public override void Update(RuleBatch batch, Span<RowMark> marks)
            {
                marks.Fill(batch.FirstRow == _next ? RowMark.Holds : RowMark.Violates);
                _next += batch.Length;
            }
        }
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
