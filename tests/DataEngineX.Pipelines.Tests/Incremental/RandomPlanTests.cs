using DataEngineX.Pipelines.Tests.Soak;
using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>Plans that nobody chose: computed by key after any changes they give what a full run gives, or they are refused.</summary>
public sealed class RandomPlanTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Random_plans_by_key_equal_full_runs() => AgreeAsync(1, 60);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Many_random_plans_by_key_equal_full_runs() => AgreeAsync(SoakSettings.Seed, SoakSettings.Count);

    private static async Task AgreeAsync(int first, int count)
    {
        var bound = 0;
        for (var seed = first; seed < first + count; seed++)
            bound += await IsAsync(seed) ? 1 : 0;
        Assert.InRange(bound, count / 3, count);
    }

    /// <summary>Whether the plan could be computed by key.</summary>
    private static async Task<bool> IsAsync(int seed)
    {
        var random = new Random(seed * 31);
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", _ => RandomPlan.Of(seed, keyed: true).ReplaceTable(Layer.Gold, "out")));
        var (orders, stations) = (new Upstream(lake, "orders"), new Upstream(lake, "stations"));
        await orders.AppendAsync(KeyedReads.Some(random, 20));
        await stations.AppendAsync([.. "abcd".Select((c, i) => new Order(i, $"{c}", i))]);
        for (var step = 0; step < 8; step++)
        {
            var run = await lake.RunAsync("out", Cancel);
            if (run.Error?.Contains("incremental read", StringComparison.Ordinal) == true)
                return false;
            Assert.True(run.State == RunState.Succeeded, $"seed {seed}, step {step}: {run.Error}");
            var full = await Content.OfAsync(lake, RandomPlan.Of(seed, keyed: false));
            Assert.True(full.SequenceEqual(await Content.OfAsync(lake, DatasetId.Table(Layer.Gold, "out"))), $"seed {seed}, step {step}");
            for (var change = random.Next(1, 3); change > 0; change--)
                await KeyedReads.ChangeAsync(random.Next(4) == 0 ? stations : orders, random);
        }

        return true;
    }
}
