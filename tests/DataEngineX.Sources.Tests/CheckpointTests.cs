using System.Globalization;
using DataEngineX.Pipelines;
using DataEngineX.Sources.Tests.Databases;
using DataEngineX.Sources.Tests.Http;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Sources.Tests;

/// <summary>Long runs over databases and web services publish in steps and are taken up after the last one.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Shop _shop = new("CREATE TABLE orders (id INTEGER NOT NULL, name TEXT, changed TEXT)");
    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_is_read_in_steps_between_values_of_its_cursor(bool hasKey)
    {
        AddOrders();
        await using (var lake = Orders(hasKey, new AfterCommits(2)))
        {
            var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("orders", Cancel);
            Assert.Contains("checkpoints: after 20 new rows; 5 steps", plan.Explain, StringComparison.Ordinal);
            var cut = await lake.RunAsync("orders", Cancel);
            Assert.Equal((RunState.Failed, 1, 20L), (cut.State, cut.Steps, cut.Rows.Written));
        }

        // Ties that came to a done value meanwhile are read too, where rows can be told apart.
        if (hasKey)
            _shop.Add(96, 2, Second(1));
        await using var next = Orders(hasKey, null);
        var run = await next.RunAsync("orders", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((hasKey ? 77L : 75L, 4), (run.Rows.Written, run.Steps));
        Assert.Equal(Enumerable.Range(1, hasKey ? 97 : 95).Select(i => (long)i), await IdsAsync(next));
        Assert.Equal(0L, (await next.RunAsync("orders", Cancel)).Rows.Read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Steps_of_any_size_give_what_one_run_gives(int seed)
    {
        var random = new Random(seed);
        var id = 1;
        for (var step = 0; step < 8; step++)
        {
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                var count = random.Next(1, 9);
                _shop.Add(id, count, Second((step * 3) + random.Next(4)));
                id += count;
            }

            await using var lake = Orders(hasKey: true, random.Next(3) == 0 ? new AfterCommits(random.Next(1, 4)) : null, rows: random.Next(1, 12), lag: TimeSpan.FromSeconds(6));
            lake.Clock.SetUtcNow(DateTimeOffset.ParseExact(Second(step * 3), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
            await lake.RunAsync("orders", Cancel);
        }

        await using var last = Orders(hasKey: true, null, rows: 5);
        var run = await last.RunAsync("orders", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(Enumerable.Range(1, id - 1).Select(i => (long)i), await IdsAsync(last));
    }

    [Fact]
    public async Task A_web_service_is_asked_in_stretches_of_time()
    {
        await using var server = new Loopback((target, _) => Answer.Ok($"[{string.Join(',', Hours(target).Select(h => $"{{\"id\":{h}}}"))}]"));
        _state.Clock.SetUtcNow(Noon);
        await using (var lake = Hours(server, new AfterCommits(3)))
        {
            var cut = await lake.RunAsync("hours", Cancel);
            Assert.Equal((RunState.Failed, 2, 2), (cut.State, cut.Steps, (int)cut.Rows.Written));
        }

        var asked = server.Requests.Count;
        await using var next = Hours(server, null);
        var run = await next.RunAsync("hours", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((10, 10L), (run.Steps, run.Rows.Written));
        Assert.Equal(10, server.Requests.Count - asked);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (long)i), (await next.ReadAsync<Item>(Layer.Bronze, "hours", Cancel)).Select(i => i.Id).Order());
        Assert.Throws<ArgumentException>(() => new HttpJsonSource("x", server.At("x"), RowShape.SchemaOf<Item>(), new HttpJsonOptions { Interval = Interval with { Step = TimeSpan.FromMilliseconds(5) } }));
    }

    [Fact]
    public async Task A_service_without_anything_new_is_not_asked_beside_one_that_has()
    {
        await using var server = new Loopback((_, _) => Answer.Ok("[{\"id\":1}]"));
        _state.Clock.SetUtcNow(Noon);
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("hours", p => p.ReadHttpJson<Item>("hours", server.At("hours"), new HttpJsonOptions { Interval = Interval }).Incremental()
                .Union(p.ReadDatabase<Item>("shop", _shop.Connect, "items", new DatabaseReadOptions { Key = ["id"], Cursor = new DatabaseCursor("id") }).Incremental())
                .AppendTo(Layer.Bronze, "hours")),
            _state);
        _shop.Run("CREATE TABLE items (id INTEGER NOT NULL, name TEXT, value REAL, at TEXT)");
        Assert.Equal(1, (await lake.RunAsync("hours", Cancel)).Rows.Written);

        // The clock was set back: there is no time left to ask for.
        _state.Clock.AdjustTime(Noon.AddHours(-1));
        _shop.Run("INSERT INTO items VALUES (2, 'b', 1.5, NULL)");
        var run = await lake.RunAsync("hours", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((1L, 1), (run.Rows.Written, server.Requests.Count));
    }

    private static HttpInterval Interval { get; } = new() { SinceParameter = "from", UntilParameter = "to", Start = Noon.AddHours(-12), Step = TimeSpan.FromHours(1) };

    private static string Second(int second) => string.Create(CultureInfo.InvariantCulture, $"2015-01-01 00:00:{second:00}");

    /// <summary>The hours of the day from one instant until before another.</summary>
    private static IEnumerable<int> Hours(string target)
    {
        var query = target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        var (from, to) = (At(query["from"]), At(query["to"]));
        for (var hour = from; hour < to; hour = hour.AddHours(1))
            yield return hour.Hour;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private void AddOrders()
    {
        for (var i = 0; i < 9; i++)
            _shop.Add((i * 10) + 1, 10, Second(i));
        _shop.Add(91, 5, Second(9));
    }

    private InMemoryLakehouse Orders(bool hasKey, IFailpoints? failpoints, int rows = 20, TimeSpan lag = default) => new(
        dex => dex.AddPipeline("orders", p => p.ReadDatabase<Order>("shop", _shop.Connect, "orders", new DatabaseReadOptions
        {
            Key = hasKey ? ["id"] : [],
            Cursor = new DatabaseCursor("changed") { Lag = lag },
        }).Incremental().AppendTo(Layer.Bronze, "orders").Checkpoints(rows: rows)),
        _state, failpoints);

    private InMemoryLakehouse Hours(Loopback server, IFailpoints? failpoints) => new(
        dex => dex.AddPipeline("hours", p => p.ReadHttpJson<Item>("hours", server.At("hours"), new HttpJsonOptions { Interval = Interval }).Incremental()
            .AppendTo(Layer.Bronze, "hours").Checkpoints(rows: 1)),
        _state, failpoints);

    private static async Task<IEnumerable<long>> IdsAsync(InMemoryLakehouse lake) => (await lake.ReadAsync<Order>(Layer.Bronze, "orders", Cancel)).Select(r => r.Id).Order();

    /// <summary>Cuts a run off before one of its commits.</summary>
    private sealed class AfterCommits(int commits) : IFailpoints
    {
        private int _left = commits;

        public ValueTask HitAsync(string name, CancellationToken cancellationToken = default) =>
            name == FailpointNames.BeforeTargetCommit && Interlocked.Decrement(ref _left) == 0 ? throw new DataEngineXException("cut off") : ValueTask.CompletedTask;
    }
}
