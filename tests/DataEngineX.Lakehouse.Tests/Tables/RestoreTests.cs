using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>A table made what it was, and the pipelines that write it with it.</summary>
public class RestoreTests
{
    [Fact]
    public async Task Rows_of_an_earlier_version_come_back_by_a_commit_and_those_between_stay_readable()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2));
        await lake.UpsertAsync(lake.Record(2), (2, "changed", 3));
        await lake.ReplaceAsync(lake.Record(3), (9, "z", 9));
        var table = await lake.TableAsync();
        var commit = await table.RestoreAsync(0);

        Assert.Equal((3, "restore", 2, 1), (commit.Version, commit.Operation, commit.RowsAdded, commit.RowsRemoved));
        Assert.Equal(["1|a|1", "2|b|2"], await lake.RowsAsync());
        Assert.Equal(["9|z|9"], await lake.RowsAsync(new TableScan { Version = 2 }));
        Assert.Equal(["restore", "replace", "upsert", "append"], await table.GetHistoryAsync().Select(c => c.Operation).ToListAsync());
        using var outside = lake.Reopened();
        Assert.Equal(["1|a|1", "2|b|2"], await outside.RowsAsync());
        Assert.Equal(3, (await table.RestoreAsync(0)).Version);
    }

    [Fact]
    public async Task A_time_names_the_version_that_was_the_newest_then()
    {
        var clock = new FakeTimeProvider();
        using var lake = new Lake(clock: clock);
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        clock.Advance(TimeSpan.FromHours(1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 2));
        clock.Advance(TimeSpan.FromHours(1));
        await lake.ReplaceAsync(lake.Record(3), (3, "c", 3));
        await (await lake.TableAsync()).RestoreAsync(clock.GetUtcNow() - TimeSpan.FromMinutes(30));

        Assert.Equal(["1|a|1", "2|b|2"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Settings_go_back_with_the_rows()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.ConfigureAsync(("delta.checkpointInterval", "2"));
        await (await lake.TableAsync()).RestoreAsync(0);
        await lake.AppendAsync(lake.Record(2), (2, "b", 2));
        await lake.AppendAsync(lake.Record(3), (3, "c", 3));

        Assert.DoesNotContain(LakeHistory.Checkpoint(4), await lake.LogAsync());
    }

    [Fact]
    public async Task Cursor_and_run_key_go_back_while_counter_and_token_go_on()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1, token: 3), (1, "a", 1));
        await lake.AppendAsync(lake.Record(1, pipeline: "later"), (5, "l", 1));
        await lake.AppendAsync(lake.Record(2, token: 8), (2, "b", 1));
        await (await lake.TableAsync()).RestoreAsync(0);
        using var reader = lake.Reopened();
        var records = (await reader.SnapshotAsync()).Records;

        Assert.Equal(("key-p-1", 3, 8), (records["p"].RunKey, records["p"].Sequence, records["p"].FencingToken));
        Assert.Equal("1", records["p"].Cursor[DatasetId.Table(Layer.Bronze, "source")]);
        Assert.Equal(("", 2), (records["later"].RunKey, records["later"].Sequence));
        Assert.Empty(records["later"].Cursor.Positions);
    }

    [Fact]
    public async Task A_run_at_work_while_a_table_is_restored_cannot_commit()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 1));
        store.BeforePutIfAbsent = async _ => await (await other.TableAsync()).RestoreAsync(0);
        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.AppendAsync(lake.Record(3), (3, "c", 1)));

        Assert.Contains("was planned as commit 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a|1"], await lake.RowsAsync());
        await lake.AppendAsync(lake.Record(4), (2, "b", 1), (3, "c", 1));
        Assert.Equal(["1|a|1", "2|b|1", "3|c|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_restore_that_lost_the_race_is_made_against_what_won()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 1));
        var table = await lake.TableAsync();
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(1, pipeline: "q"), (7, "q", 1));

        Assert.Equal(3, (await table.RestoreAsync(0)).Version);
        Assert.Equal(["1|a|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_version_whose_file_is_gone_cannot_come_back()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.ReplaceAsync(lake.Record(2), (2, "b", 1));
        var file = (await lake.KeysAsync()).Single(k => k.Contains("run1p", StringComparison.Ordinal));
        await lake.Store.DeleteAsync(file);
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await (await lake.TableAsync()).RestoreAsync(0));

        Assert.Contains($"silver/readings cannot be restored to version 0: its file {file} is gone", error.Message, StringComparison.Ordinal);
        Assert.Equal(["2|b|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Pipelines_do_again_what_came_after_the_version()
    {
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("copy", p => p.ReadTable<Reading>(Layer.Bronze, "in").Incremental().AppendTo(Layer.Silver, "out").Unkeyed("a test")));
        using var source = new Lake(lake.State.Objects) { Id = DatasetId.Table(Layer.Bronze, "in") };
        var expected = new List<long>();
        for (var i = 1; i <= 25; i++)
        {
            await source.AppendAsync(source.Record(i), (i, "r", i));
            expected.Add(i);
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync("copy")).State);
        }

        // Version 4 lies before the checkpoints at 10 and 20.
        var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "out"));
        await table!.RestoreAsync(4);
        Assert.Equal(expected.Take(5), (await lake.ReadAsync<Reading>(Layer.Silver, "out")).Select(r => r.Id));
        Assert.Equal(20, (await lake.RunAsync("copy")).Rows.Written);
        Assert.Equal(expected, (await lake.ReadAsync<Reading>(Layer.Silver, "out")).Select(r => r.Id));
        Assert.False((await lake.RunAsync("copy")).Published);
    }

    private sealed record Reading(long Id, string? Name, double? Amount);
}
