using System.Globalization;
using System.Reflection;
using DataEngineX.Pipelines;
using DataEngineX.Sources.Tests.Databases;
using DataEngineX.Sources.Tests.Http;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Sources.Tests;

/// <summary>
/// Failures by which other tools lost or doubled rows, each through the front door. Those that belong to one part are tested with it: a state written after its data,
/// ties at the boundary, rows within the lag and rows without a value in <see cref="CursorTests"/>; retries of the failed partitions alone, a host that ends in the
/// middle and a million partitions with the partitions and backfills.
/// </summary>
public sealed class WhatOtherToolsLostTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(300);

    private readonly Shop _shop = new("CREATE TABLE orders (id INTEGER NOT NULL, name TEXT, changed TEXT)");
    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Reading(long Id, double? Value);

    private sealed record Order(long Id, string? Name, string? Changed);

    public void Dispose() => _shop.Dispose();

    /// <summary>A loader kept a hash of every row at the boundary in its state, which grew to tens of megabytes and was written with each run.</summary>
    [Fact]
    public async Task A_million_rows_with_one_value_leave_a_cursor_of_a_few_bytes_and_none_is_read_twice()
    {
        const int Rows = 1_000_000;
        _shop.Run($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) INSERT INTO orders SELECT i, 'n', '2015-01-01 00:00:00' FROM n");
        await using var lake = Lake();
        Assert.Equal((RunState.Succeeded, null, Rows), Of(await lake.RunAsync("orders", Cancel)));
        Assert.InRange((await CursorAsync(lake)).Length, 1, 200);
        Assert.Equal((RunState.Succeeded, null, 0), Of(await lake.RunAsync("orders", Cancel)));

        // What comes later with another value is read alone; with the same value it is an error, for which of them is new nobody can tell any more.
        _shop.Add(Rows + 1, 2, "2015-01-01 00:00:01");
        Assert.Equal((RunState.Succeeded, null, 2), Of(await lake.RunAsync("orders", Cancel)));
        Assert.InRange((await CursorAsync(lake)).Length, 1, 200);
    }

    /// <summary>
    /// A scheduler gave a job to a second worker when the first did not renew its lock in time, and both did it. Here the first learns at its commit that it has been
    /// followed, whatever it believes of its lease.
    /// </summary>
    [Theory]
    [InlineData(FailpointNames.DataFilesWritten)]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    public async Task A_host_that_slept_through_its_lease_publishes_nothing(string place)
    {
        _shop.Add(1, 10, "2015-01-01 00:00:00");
        var asleep = new Asleep(place);
        await using var first = Lake(asleep, dex => dex.Services.AddSingleton(Believes.ThatItsLeaseIsHeld(_state.Metadata)));
        var sleeper = first.RunAsync("orders", Cancel);
        await asleep.Reached.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        _shop.Add(11, 2, "2015-01-01 00:00:01");
        await using var second = Lake();
        Assert.Equal((RunState.Succeeded, null, 12), Of(await second.RunAsync("orders", Cancel)));
        asleep.Wake();

        var run = await sleeper;
        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("fencing token", run.Error, StringComparison.Ordinal);
        _shop.Add(13, 5, "2015-01-01 00:00:02");
        Assert.Equal((RunState.Succeeded, null, 5), Of(await second.RunAsync("orders", Cancel)));
        await HasAsync(second, 17);
    }

    /// <summary>The other way about: the first wakes up before the second has published. One of them does, and the rows come once.</summary>
    [Fact]
    public async Task A_host_that_wakes_up_beside_its_follower_doubles_nothing()
    {
        _shop.Add(1, 10, "2015-01-01 00:00:00");
        var (asleep, held) = (new Asleep(FailpointNames.BeforeTargetCommit), new Asleep(FailpointNames.BeforeTargetCommit));
        await using var first = Lake(asleep, dex => dex.Services.AddSingleton(Believes.ThatItsLeaseIsHeld(_state.Metadata)));
        var sleeper = first.RunAsync("orders", Cancel);
        await asleep.Reached.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await using var second = Lake(held);
        var follower = second.RunAsync("orders", Cancel);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        asleep.Wake();
        await sleeper;
        held.Wake();
        await follower;

        await using var third = Lake();
        Assert.Equal(RunState.Succeeded, (await third.RunAsync("orders", Cancel)).State);
        await HasAsync(third, 10);
    }

    /// <summary>A loader took the greatest time seen for all that there was, and lost what was committed later with an earlier one. Tables are read by version.</summary>
    [Fact]
    public async Task Rows_that_come_late_with_an_earlier_time_pass_through_all_tables()
    {
        await using var lake = Lake(more: dex => dex.AddPipeline("silver", p => p
            .ReadTable<Order>(Layer.Bronze, "orders").Incremental().UpsertInto(Layer.Silver, "orders", r => r.Id)), cursor: "id");
        for (var day = 9; day > 0; day--)
        {
            _shop.Add(((9 - day) * 2) + 1, 2, string.Create(CultureInfo.InvariantCulture, $"2015-01-{day:00} 00:00:00"));
            Assert.Equal((RunState.Succeeded, null, 2), Of(await lake.RunAsync("orders", Cancel)));
            Assert.Equal((RunState.Succeeded, null, 2), Of(await lake.RunAsync("silver", Cancel)));
        }

        await HasAsync(lake, 18, Layer.Silver);
    }

    /// <summary>A retry computed its interval from the time of the retry, so that the one that had failed was never asked for.</summary>
    [Fact]
    public async Task A_retry_and_the_run_after_a_failure_ask_for_what_was_missed()
    {
        var fails = 0;
        await using var server = new Loopback((_, _) =>
        {
            // Time goes on while the server is down.
            if (fails-- <= 0)
                return Answer.Ok("[]");
            _state.Clock.Advance(TimeSpan.FromHours(1));
            return new Answer(503, "");
        });
        _state.Clock.SetUtcNow(new DateTimeOffset(2015, 1, 1, 1, 0, 0, TimeSpan.Zero));
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("readings", p => p
                .ReadHttpJson<Reading>("meters", server.Address, new HttpJsonOptions
                {
                    MaxRetries = 0,
                    Interval = new HttpInterval { SinceParameter = "since", UntilParameter = "until", Start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero) },
                })
                .Incremental()
                .AppendTo(Layer.Bronze, "readings")
                .Retry(2, TimeSpan.FromMilliseconds(1))),
            _state);
        await lake.RunAsync("readings", Cancel);
        fails = 1;
        _state.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((RunState.Succeeded, 2), (await lake.RunAsync("readings", Cancel) is var run ? run.State : default, run.Attempt));
        fails = 2;
        _state.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Failed, (await lake.RunAsync("readings", Cancel)).State);
        _state.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("readings", Cancel)).State);

        Assert.Equal(
            ["00..01", "01..02", "01..02", "02..04", "02..04", "02..07"],
            server.Requests.Select(r => Uri.UnescapeDataString(r)).Select(r => $"{Hour(r, "since=")}..{Hour(r, "until=")}"));

        static string Hour(string request, string parameter) => request.Substring(request.IndexOf(parameter, StringComparison.Ordinal) + parameter.Length + "2015-01-01T".Length, 2);
    }

    /// <summary>A batch of which no row was of use was taken for the end of the source.</summary>
    [Fact]
    public async Task A_page_of_nothing_but_nulls_or_of_bad_rows_does_not_end_a_read()
    {
        await using var server = new Loopback((target, _) => Answer.Ok(target.Split("page=")[1] switch
        {
            "1" => "[{\"id\":1,\"value\":null},{\"id\":2}]",
            "2" => "[{\"id\":\"bad\"},{\"id\":null}]",
            "3" => "[{\"id\":3,\"value\":1.5}]",
            _ => "[]",
        }));
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("readings", p => p
                .ReadHttpJson<Reading>("meters", server.Address, new HttpJsonOptions { Paging = HttpPaging.Number("page") })
                .Where(r => r.Value != null)
                .ReplaceTable(Layer.Silver, "readings").Unkeyed("a test")),
            _state);
        var run = await lake.RunAsync("readings", Cancel);
        Assert.Equal((RunState.Succeeded, null, 1, 2), (run.State, run.Error, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(4, server.Requests.Count);
    }

    private static (RunState State, string? Error, long Written) Of(RunRecord run) => (run.State, run.Error, run.Rows.Written);

    private InMemoryLakehouse Lake(IFailpoints? failpoints = null, Action<IDataEngineXBuilder>? more = null, string cursor = "changed") => new(
        dex =>
        {
            dex.AddEngine(o => o.LeaseDuration = Lease);
            dex.AddPipeline("orders", p => p
                .ReadDatabase<Order>("shop", _shop.Connect, "orders", new DatabaseReadOptions { Key = ["id"], Cursor = new DatabaseCursor(cursor) })
                .Incremental()
                .AppendTo(Layer.Bronze, "orders"));
            more?.Invoke(dex);
        },
        _state, failpoints);

    private static async Task<string> CursorAsync(InMemoryLakehouse lake)
    {
        var snapshot = await (await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "orders"), Cancel))!.GetSnapshotAsync(cancellationToken: Cancel);
        return snapshot.Records["orders"].Cursor[new DatasetId("shop", "orders")]!;
    }

    private static async Task HasAsync(InMemoryLakehouse lake, int count, Layer layer = Layer.Bronze) => Assert.Equal(
        Enumerable.Range(1, count).Select(i => (long)i), (await lake.ReadAsync<Order>(layer, "orders", Cancel)).Select(r => r.Id).Order());

    /// <summary>Holds a run at a place until it is woken.</summary>
    private sealed class Asleep(string place) : IFailpoints
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Wake() => _awake.TrySetResult();

        public async ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
        {
            if (name != place)
                return;
            _reached.TrySetResult();
            await _awake.Task;
        }
    }

    /// <summary>The metadata store as a process sees it that does not run: it renews nothing, and hears of nothing.</summary>
    public class Believes : DispatchProxy
    {
        private IMetadataStore _store = null!;

        internal static IMetadataStore ThatItsLeaseIsHeld(IMetadataStore store)
        {
            var proxy = Create<IMetadataStore, Believes>();
            ((Believes)(object)proxy)._store = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IMetadataStore.RenewLeaseAsync)
            ? new ValueTask<bool>(true)
            : targetMethod.Invoke(_store, args);
    }
}
