using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Quality.Tests.Gates;

/// <summary>Gold is written, audited, then published: a reader at any moment sees a whole version that passed its gate.</summary>
public sealed class GoldPublicationTests
{
    private const int Rows = 200;

    private readonly InMemoryState _state = new();
    private int _publication;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Share(long Publication, long Part, bool Good);

    [Theory]
    [InlineData(50)]
    public Task Readers_never_see_a_failing_or_half_version(int publications) => PublishAsync(publications);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(1000)]
    public Task Readers_never_see_a_failing_or_half_version_however_many(int publications) => PublishAsync(publications);

    private async Task PublishAsync(int publications)
    {
        using var over = new CancellationTokenSource();
        await PublishAsync(good: true);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadAsync(over.Token), Cancel)).ToArray();
        var random = new Random(publications);
        var newest = 1L;
        for (var i = 1; i < publications; i++)
        {
            var good = random.Next(2) == 0;
            var run = await PublishAsync(good);
            Assert.Equal((good, good ? RunState.Succeeded : RunState.Failed), (run.Published, run.State));
            newest = good ? _publication : newest;
        }

        await over.CancelAsync();
        foreach (var reader in readers)
            Assert.True(await reader > 0);
        await using var lake = Lake(good: true);
        Assert.All(await lake.ReadAsync<Share>(Layer.Gold, "shares", Cancel), r => Assert.Equal(newest, r.Publication));
    }

    private async Task<RunRecord> PublishAsync(bool good)
    {
        _publication++;
        await using var lake = Lake(good);
        return await lake.RunAsync("shares", Cancel);
    }

    private async Task<int> ReadAsync(CancellationToken over)
    {
        var reads = 0;
        var newest = 0L;
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        do
        {
            var rows = await lake.ReadAsync<Share>(Layer.Gold, "shares", Cancel);
            Assert.Equal(Rows, rows.Count);
            var publication = Assert.Single(rows.Select(r => r.Publication).Distinct());
            Assert.Equal(Rows, rows.Select(r => r.Part).Distinct().Count());
            Assert.All(rows, r => Assert.True(r.Good));
            Assert.True(publication >= newest, "a reader went back to an older version");
            newest = publication;
            reads++;
        }
        while (!over.IsCancellationRequested);
        return reads;
    }

    private InMemoryLakehouse Lake(bool good)
    {
        var rows = Enumerable.Range(0, Rows).Select(i => new Share(_publication, i, good || i != Rows / 2)).ToList();
        return new InMemoryLakehouse(
            dex => dex.AddPipeline("shares", p => p.ReadRows("shares", rows).Check(q => q.Satisfies(r => r.Good).RowCount(Rows, Rows)).ReplaceTable(Layer.Gold, "shares")), _state);
    }
}
