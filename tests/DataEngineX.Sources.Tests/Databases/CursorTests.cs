using System.Globalization;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>Reading what is new by a column: incremental must equal full, whatever arrives when. Known failures of other tools are scenarios here.</summary>
public sealed class CursorTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Shop _shop = new("CREATE TABLE orders (id INTEGER NOT NULL, name TEXT, changed TEXT)");
    private readonly InMemoryState _state = new();
    private readonly ThrowingFailpoints _failpoints = new();
    private InMemoryLakehouse? _lake;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_read_what_is_new_and_nothing_twice()
    {
        Describe(new DatabaseCursor("changed"));
        Assert.Equal(0, await RunAsync());
        _shop.Add(1, 10, "2015-01-01 00:00:00");
        _shop.Add(11, 10, "2015-01-01 00:00:01");
        Assert.Equal(20, await RunAsync());
        Assert.Equal(0, await RunAsync());
        _shop.Add(21, 5, "2015-01-01 00:00:02");
        Assert.Equal(5, await RunAsync());
        await AssertAllAsync(25);
    }

    [Fact]
    public async Task A_table_that_was_empty_beside_one_that_was_not_is_read_once_it_has_rows()
    {
        _shop.Run("CREATE TABLE others (id INTEGER NOT NULL, name TEXT, changed TEXT)");
        _lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("orders", p => Read(p, new DatabaseCursor("changed"), key: false)
                .Union(p.ReadDatabase<Order>("shop", _shop.Connect, "others", new DatabaseReadOptions { Key = ["id"], Cursor = new DatabaseCursor("changed") }).Incremental())
                .AppendTo(Layer.Bronze, "orders")),
            _state, _failpoints);
        _shop.Add(1, 3, "2015-01-01 00:00:01");
        Assert.Equal(3, await RunAsync());
        _shop.Run("INSERT INTO others VALUES (4, 'n4', '2015-01-01 00:00:00')");
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        await AssertAllAsync(4);
    }

    [Fact]
    public async Task Ties_at_the_boundary_that_come_later_are_read_and_not_doubled()
    {
        Describe(new DatabaseCursor("changed"));
        _shop.Add(1, 10, "2015-01-01 00:00:01");
        Assert.Equal(10, await RunAsync());
        _shop.Add(11, 3, "2015-01-01 00:00:01");
        Assert.Equal(3, await RunAsync());
        _shop.Add(14, 3, "2015-01-01 00:00:01");
        _shop.Add(17, 3, "2015-01-01 00:00:02");
        Assert.Equal(6, await RunAsync());
        Assert.Equal(0, await RunAsync());
        await AssertAllAsync(19);
    }

    /// <summary>Rows committed late with an earlier time were lost.</summary>
    [Fact]
    public async Task Late_rows_within_the_lag_are_not_lost()
    {
        Describe(new DatabaseCursor("changed") { Lag = TimeSpan.FromMinutes(10) });
        _state.Clock.SetUtcNow(Start.AddMinutes(30));
        _shop.Add(1, 5, "2015-01-01 00:15:00");
        _shop.Add(6, 5, "2015-01-01 00:25:00");
        Assert.Equal(5, await RunAsync());
        _shop.Add(11, 5, "2015-01-01 00:24:00");
        _state.Clock.SetUtcNow(Start.AddMinutes(34));
        Assert.Equal(5, await RunAsync());
        _state.Clock.SetUtcNow(Start.AddMinutes(60));
        Assert.Equal(5, await RunAsync());
        await AssertAllAsync(15);
    }

    /// <summary>A batch without any value ended the source.</summary>
    [Fact]
    public async Task Rows_without_a_value_end_nothing()
    {
        Describe(new DatabaseCursor("changed") { Nulls = NullCursor.Leave });
        _shop.Add(1, 20, null);
        Assert.Equal(0, await RunAsync());
        _shop.Add(21, 5, "2015-01-01 00:00:00");
        Assert.Equal(5, await RunAsync());
        _shop.Add(26, 5, null);
        Assert.Equal(0, await RunAsync());
        _shop.Run("UPDATE orders SET changed = '2015-01-02 00:00:00' WHERE changed IS NULL");
        Assert.Equal(25, await RunAsync());
        await AssertAllAsync(30);
    }

    [Fact]
    public async Task Rows_without_a_value_fail_the_run_unless_they_are_left()
    {
        Describe(new DatabaseCursor("changed"));
        _shop.Add(1, 3, "2015-01-01 00:00:00");
        _shop.Add(4, 2, null);
        var run = await _lake!.RunAsync("orders", Cancel);
        Assert.Contains("the cursor column 'changed' is null in 2 rows", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The state was written after the data, and a fault between the two doubled rows.</summary>
    [Theory]
    [InlineData(FailpointNames.DataFilesWritten)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.LogEntryWritten)]
    [InlineData(FailpointNames.TargetCommitted)]
    public async Task A_fault_between_data_and_cursor_neither_doubles_nor_loses(string place)
    {
        Describe(new DatabaseCursor("changed"));
        _shop.Add(1, 10, "2015-01-01 00:00:01");
        await RunAsync();
        _shop.Add(11, 10, "2015-01-01 00:00:01");
        _failpoints.Arm(place);
        await _lake!.RunAsync("orders", Cancel);
        _shop.Add(21, 10, "2015-01-01 00:00:02");
        await _lake.RunAsync("orders", Cancel);
        await AssertAllAsync(30);
    }

    /// <summary>Hashes of the boundary grew to tens of megabytes.</summary>
    [Fact]
    public async Task The_cursor_stays_small_and_growth_beyond_it_is_an_error()
    {
        Describe(new DatabaseCursor("changed") { MaxTies = 100 });
        _shop.Add(1, 5_000, "2015-01-01 00:00:01");
        Assert.Equal(5_000, await RunAsync());
        Assert.True((await CursorAsync()).Length < 64 * 1024);
        Assert.Equal(0, await RunAsync());
        _shop.Add(5_001, 1, "2015-01-01 00:00:02");
        Assert.Equal(1, await RunAsync());
        await AssertAllAsync(5_001);

        _shop.Add(6_000, 4_000, "2015-01-01 00:00:03");
        Assert.Equal(4_000, await RunAsync());
        _shop.Add(10_000, 2, "2015-01-01 00:00:03");
        var run = await _lake!.RunAsync("orders", Cancel);
        Assert.Contains("2 rows came to 'changed' = 2015-01-01 00:00:03 after it was done", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_most_ties_remembered_take_less_than_64_KB()
    {
        Describe(new DatabaseCursor("changed"));
        _shop.Add(1, 4_000, "2015-01-01 00:00:01");
        Assert.Equal(4_000, await RunAsync());
        Assert.InRange((await CursorAsync()).Length, 4_000 * 8, 64 * 1024);
        _shop.Add(4_001, 1, "2015-01-01 00:00:01");
        Assert.Equal(1, await RunAsync());
        await AssertAllAsync(4_001);
    }

    [Fact]
    public async Task Without_a_key_more_rows_of_a_done_value_are_an_error_and_not_lost_in_silence()
    {
        Describe(new DatabaseCursor("changed"), key: false);
        _shop.Add(1, 3, "2015-01-01 00:00:01");
        Assert.Equal(3, await RunAsync());
        _shop.Add(4, 1, "2015-01-01 00:00:02");
        Assert.Equal(1, await RunAsync());
        _shop.Add(5, 1, "2015-01-01 00:00:02");
        Assert.Contains("no key is named", (await _lake!.RunAsync("orders", Cancel)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_back_reads_again_what_an_upsert_puts_right()
    {
        _lake = new InMemoryLakehouse(dex => dex.AddPipeline("orders", p => Read(p, new DatabaseCursor("changed") { LookBack = TimeSpan.FromMinutes(10) }, key: true)
            .UpsertInto(Layer.Silver, "orders", r => r.Id)), _state, _failpoints);
        _shop.Add(1, 10, "2015-01-01 00:10:00");
        await RunAsync();
        _shop.Add(11, 5, "2015-01-01 00:05:00");
        _shop.Run("UPDATE orders SET name = 'changed' WHERE id = 3");
        _shop.Add(16, 1, "2015-01-01 00:11:00");
        await RunAsync();
        await AssertAllAsync(16, Layer.Silver);
        Assert.Equal("changed", (await _lake.ReadAsync<Order>(Layer.Silver, "orders", Cancel)).Single(r => r.Id == 3).Name);
    }

    [Fact]
    public async Task Start_and_end_bound_a_backfill()
    {
        Describe(new DatabaseCursor("id") { Start = 11L, End = 31L });
        _shop.Add(1, 25, "x");
        Assert.Equal(15, await RunAsync());
        _shop.Add(26, 25, "x");
        Assert.Equal(5, await RunAsync());
        _shop.Add(51, 25, "x");
        Assert.Equal(0, await RunAsync());
        Assert.Equal(Enumerable.Range(11, 20).Select(i => (long)i), (await _lake!.ReadAsync<Order>(Layer.Bronze, "orders", Cancel)).Select(r => r.Id).Order());
    }

    [Fact]
    public async Task A_lag_of_time_over_a_column_of_numbers_is_refused()
    {
        Describe(new DatabaseCursor("id") { Lag = TimeSpan.FromMinutes(1) });
        _shop.Add(1, 1, "x");
        Assert.Contains("the cursor column 'id' holds Int64", (await _lake!.RunAsync("orders", Cancel)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_go_away_move_nothing_back()
    {
        Describe(new DatabaseCursor("id"));
        _shop.Add(1, 10, "x");
        Assert.Equal(10, await RunAsync());
        _shop.Run("DELETE FROM orders WHERE id > 5");
        Assert.Equal(0, await RunAsync());
        _shop.Add(11, 2, "x");
        Assert.Equal(2, await RunAsync());
    }

    /// <summary>Random arrival without order, late rows within the lag, many ties: incremental equals full.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_arrival_gives_what_a_full_read_gives(int seed)
    {
        var random = new Random(seed);
        Describe(new DatabaseCursor("changed") { Lag = TimeSpan.FromSeconds(20) }, chunk: random.Next(1, 20));
        var id = 1;
        for (var step = 0; step < 15; step++)
        {
            var now = Start.AddSeconds(step * 10);
            _state.Clock.SetUtcNow(now);
            for (var i = random.Next(4); i > 0; i--)
            {
                // Up to 20 s late, and many at one time.
                var count = random.Next(1, 5);
                _shop.Add(id, count, now.AddSeconds(-random.Next(20)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                id += count;
            }

            if (random.Next(3) > 0)
                await RunAsync();
        }

        _state.Clock.SetUtcNow(Start.AddHours(1));
        await RunAsync();
        await AssertAllAsync(id - 1);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lake is not null)
            await _lake.DisposeAsync();
        _shop.Dispose();
    }

    private void Describe(DatabaseCursor cursor, bool key = true, int chunk = 100_000) => _lake = new InMemoryLakehouse(
        dex => dex.AddPipeline("orders", p => Read(p, cursor, key, chunk).AppendTo(Layer.Bronze, "orders")), _state, _failpoints);

    private Flow<Order> Read(PipelineBuilder p, DatabaseCursor cursor, bool key, int chunk = 100_000) => p.ReadDatabase<Order>(
        "shop", _shop.Connect, "orders", new DatabaseReadOptions { Key = key ? ["id"] : [], Cursor = cursor, ChunkRows = chunk }).Incremental();

    private async Task<long> RunAsync()
    {
        var run = await _lake!.RunAsync("orders", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return run.Rows.Written;
    }

    private async Task<string> CursorAsync()
    {
        var snapshot = await (await _lake!.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "orders"), Cancel))!.GetSnapshotAsync(cancellationToken: Cancel);
        return snapshot.Records["orders"].Cursor[new DatasetId("shop", "orders")]!;
    }

    private async Task AssertAllAsync(int count, Layer layer = Layer.Bronze) => Assert.Equal(
        Enumerable.Range(1, count).Select(i => (long)i), (await _lake!.ReadAsync<Order>(layer, "orders", Cancel)).Select(r => r.Id).Order());
}
