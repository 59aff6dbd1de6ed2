using Apache.Arrow;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality.Tests;

/// <summary>What holds for every rule there is: neither threads nor the cut of batches change a verdict, and rows are good or set aside.</summary>
public class EveryRuleTests
{
    private static readonly CheckOptions Options = new() { Clock = new FixedClock(Suites.Now), References = EveryRule.References };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_kind_of_rule_is_among_them()
    {
        var kinds = typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).Select(t => t.Name);
        // One that stands for a rule that could not be read checks nothing.
        Assert.Equal(["InvalidRule"], kinds.Except(EveryRule.All.Select(r => r.Rule.GetType().Name)));
        Assert.Equal(["invalid"], new RuleCatalog().Names.Except(EveryRule.All.Select(r => r.Rule.Name)));
    }

    [Theory]
    [InlineData(1, 9_000)]
    [InlineData(2, 4_000)]
    [InlineData(4, 1_777)]
    public async Task Any_number_of_threads_and_any_cut_say_the_same(int threads, int length)
    {
        using var batch = EveryRule.Sample(new Random(7), 9_000);
        Suites.Same(await CheckAsync(batch, 1, batch.Length), await CheckAsync(batch, threads, length));
    }

    [Fact]
    public async Task Small_tables_say_the_same_for_any_cut() => await HoldsAsync(1, 30);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Small_tables_say_the_same_for_any_cut_and_many_seeds() => await HoldsAsync(SoakSettings.Seed, SoakSettings.Count);

    [Fact]
    public async Task Good_and_quarantined_rows_are_the_input() => await SplitsAsync(1, 30);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Good_and_quarantined_rows_are_the_input_for_many_seeds() => await SplitsAsync(SoakSettings.Seed, SoakSettings.Count);

    private static async Task HoldsAsync(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            using var batch = EveryRule.Sample(random, random.Next(0, 80));
            var whole = await CheckAsync(batch, 1, Math.Max(1, batch.Length));
            Suites.Same(whole, await CheckAsync(batch, random.Next(1, 4), random.Next(1, 20)));
        }
    }

    /// <summary>Each row comes out of a gate once, good or set aside, in its order; which of both, one rule alone decides as all do.</summary>
    private static async Task SplitsAsync(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            using var batch = EveryRule.Sample(random, random.Next(1, 60));
            var bad = new SortedSet<long>();
            foreach (var entry in EveryRule.All.Where(_ => random.Next(6) == 0))
                bad.UnionWith(await SplitAsync(batch, random.Next(1, 20), entry));
            var chosen = EveryRule.All.Where(_ => random.Next(3) == 0).DefaultIfEmpty(EveryRule.All[0]).ToArray();
            var together = await SplitAsync(batch, random.Next(1, 20), chosen);
            Assert.Equal(together, await SplitAsync(batch, batch.Length, chosen));
            var all = new SortedSet<long>(await SplitAsync(batch, 7, [.. EveryRule.All]));
            Assert.Superset(bad, all);
            Assert.Superset(new SortedSet<long>(together), all);
        }
    }

    /// <returns>The numbers of the rows set aside.</returns>
    private static async Task<IReadOnlyList<long>> SplitAsync(RecordBatch batch, int length, params SuiteRule[] rules)
    {
        var suite = new Suite(rules) { Gate = Gate.Quarantine, WhenNothingToCheck = NothingToCheck.Pass };
        var numbered = Numbered(batch);
        var run = await GateRun.RunAsync(
            suite, numbered.Schema, _ => Rows.Split(numbered, length), references: suite.Rules.Any(r => r.Rule.References.Count > 0) ? new() { [EveryRule.Reference] = EveryRule.Others } : null, cancellationToken: Cancel);
        Assert.Null(run.Stopped);
        var good = run.Output.SelectMany(Rows.Read).Select(r => (long)r["row"]!).ToList();
        var bad = run.Quarantine.SelectMany(Rows.Read).Select(r => System.Text.Json.JsonDocument.Parse((string)r["row"]!).RootElement.GetProperty("row").GetInt64()).ToList();
        Assert.Equal(good.Order(), good);
        Assert.Equal(bad.Order(), bad);
        Assert.Equal(Enumerable.Range(0, batch.Length).Select(i => (long)i), good.Concat(bad).Order());
        run.Release();
        numbered.Dispose();
        Assert.Equal(0, run.Allocator.HeldBytes);
        return bad;
    }

    /// <summary>The rows with their numbers as a column.</summary>
    private static RecordBatch Numbered(RecordBatch batch)
    {
        var numbers = Rows.Longs("row", [.. Enumerable.Range(0, batch.Length).Select(i => (long?)i)]);
        var fields = batch.Schema.FieldsList.Append(numbers.Schema.GetFieldByIndex(0));
        var shared = batch.SliceShared(0, batch.Length);
        return new RecordBatch(new Schema(fields, null), [.. Enumerable.Range(0, shared.ColumnCount).Select(shared.Column), numbers.Column(0)], batch.Length);
    }

    private static async Task<SuiteResult> CheckAsync(RecordBatch batch, int threads, int length)
    {
        var allocator = new TrackingAllocator();
        var parts = batch.Length == 0 ? [batch.SliceShared(0, 0)] : Rows.Split(batch, length);
        var result = await EveryRule.Suite().CheckAsync(Rows.Stream(parts), batch.Schema, Options with { Allocator = allocator, Parallelism = threads }, Cancel);
        Assert.Equal(0, allocator.HeldBytes);
        return result;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
