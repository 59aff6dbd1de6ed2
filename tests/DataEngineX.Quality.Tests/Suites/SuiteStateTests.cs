using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality.Tests;

/// <summary>Days add up: states that are merged, and saved and loaded, say what one pass over all rows says.</summary>
public class SuiteStateTests
{
    private static readonly CheckOptions Options = new() { Clock = new FixedClock(Suites.Now), Parallelism = 2, References = EveryRule.References };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Suite Everything { get; } = EveryRule.Suite();

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

    private static RecordBatch Sample(Random random, int rows) => EveryRule.Sample(random, rows);

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
