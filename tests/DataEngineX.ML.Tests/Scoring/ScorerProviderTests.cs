using Apache.Arrow.Memory;
using DataEngineX.ML.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.ML.Tests.Scoring;

public class ScorerProviderTests
{
    private readonly MemoryObjectStore _store = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly FileModelRegistry _registry;

    public ScorerProviderTests() => _registry = new FileModelRegistry(_store, _clock);

    [Fact]
    public async Task An_alias_is_followed_after_the_refresh_interval()
    {
        await TwoVersionsAsync();
        using var provider = new ScorerProvider(_registry, _clock, TimeSpan.FromSeconds(5));

        Assert.Equal(1, await ServedAsync(provider));
        Assert.True(await _registry.TrySetAliasAsync("series", "champion", 2, 1, "tests"));
        Assert.Equal(1, await ServedAsync(provider));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, await ServedAsync(provider));
    }

    [Fact]
    public async Task A_replaced_scorer_serves_its_last_user_and_is_then_disposed()
    {
        await TwoVersionsAsync();
        using var provider = new ScorerProvider(_registry, _clock, TimeSpan.Zero);
        using var batch = Series.Batch(Series.Rows(days: 5));
        var old = (await provider.FindAsync("series"))!;
        var scorer = old.Scorer;
        await _registry.TrySetAliasAsync("series", "champion", 2, 1, "tests");

        Assert.Equal(2, await ServedAsync(provider));
        Assert.Equal(10, Models.Scores(scorer, batch).Length);
        old.Dispose();
        old.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scorer.Score(batch, MemoryAllocator.Default.Value));
        Assert.Equal(2, await ServedAsync(provider));
    }

    [Fact]
    public async Task Swapping_under_load_fails_nobody_and_mixes_no_versions()
    {
        await TwoVersionsAsync();
        using var provider = new ScorerProvider(_registry, _clock, TimeSpan.Zero);
        using var batch = Series.Batch(Series.Rows(days: 20));
        var expected = new Dictionary<int, double?[]>();
        foreach (var version in new[] { 1, 2 })
        {
            using var handle = await provider.FindAsync("series", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
            expected[version] = Models.Scores(handle!.Scorer, batch);
        }

        Assert.NotEqual(expected[1], expected[2]);
        using var stop = new CancellationTokenSource();
        var seen = new int[3];
        var wrong = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var handle = await provider.FindAsync("series");
                var version = handle!.Scorer.Model.Version;
                if (!Models.Scores(handle.Scorer, batch).SequenceEqual(expected[version]))
                    Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref seen[version]);
            }
        })).ToArray();
        var at = 1;
        for (var swap = 0; swap < 20; swap++)
        {
            Assert.True(await _registry.TrySetAliasAsync("series", "champion", 3 - at, at, "tests"));
            at = 3 - at;
            // Loading takes longer than scoring: go on once the new version has served.
            var before = Volatile.Read(ref seen[at]);
            while (Volatile.Read(ref seen[at]) == before && !readers.Any(r => r.IsFaulted))
                await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_version_that_cannot_be_loaded_does_not_replace_one_that_serves()
    {
        await TwoVersionsAsync();
        using var provider = new ScorerProvider(_registry, _clock, TimeSpan.Zero);
        Assert.Equal(1, await ServedAsync(provider));
        _store["models/series/versions/2/model.zip"][100] ^= 1;
        await _registry.TrySetAliasAsync("series", "champion", 2, 1, "tests");

        Assert.Equal(1, await ServedAsync(provider));
        Assert.Contains("version 2", provider.FindFailure("series")!.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DataEngineXException>(async () => await provider.FindAsync("series", "2"));

        await _registry.TrySetAliasAsync("series", "champion", 1, 2, "tests");
        Assert.Equal(1, await ServedAsync(provider));
    }

    [Fact]
    public async Task What_does_not_exist_is_null_and_may_appear_later()
    {
        using var provider = new ScorerProvider(_registry, _clock);

        Assert.Null(await provider.FindAsync("series"));
        Assert.Null(await provider.FindAsync("series", "1"));
        Assert.Null(await provider.FindAsync("../series"));
        Assert.Null(await provider.FindAsync("series", "a/b"));
        await TwoVersionsAsync();
        Assert.Equal(1, await ServedAsync(provider));
        Assert.Equal(2, await ServedAsync(provider, "2"));
    }

    [Fact]
    public async Task An_artifact_that_is_no_model_is_refused_when_loaded()
    {
        await _registry.RegisterAsync(Models.Registration() with { Artifact = new byte[] { 1, 2, 3 } });
        using var provider = new ScorerProvider(_registry, _clock);

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await provider.FindAsync("series", "1"));

        Assert.Contains("'series' version 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_lacks_what_the_model_reads_is_refused_when_loaded()
    {
        var signature = Models.Trained.Signature;
        var fewer = new Apache.Arrow.Schema(signature.Inputs.FieldsList.Where(f => f.Name != "wind"), null);
        await _registry.RegisterAsync(Models.Registration() with { Signature = new ModelSignature(fewer, signature.Outputs) });
        using var provider = new ScorerProvider(_registry, _clock);

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await provider.FindAsync("series", "1"));

        Assert.Contains("'wind'", error.Message, StringComparison.Ordinal);
    }

    private static async Task<int> ServedAsync(ScorerProvider provider, string versionOrAlias = ModelAliases.Champion)
    {
        using var handle = await provider.FindAsync("series", versionOrAlias);
        return handle!.Scorer.Model.Version;
    }

    private async Task TwoVersionsAsync()
    {
        await _registry.RegisterAsync(Models.Registration());
        await _registry.RegisterAsync(Models.Registration(model: Models.Other));
        Assert.True(await _registry.TrySetAliasAsync("series", "champion", 1, null, "tests"));
    }
}
