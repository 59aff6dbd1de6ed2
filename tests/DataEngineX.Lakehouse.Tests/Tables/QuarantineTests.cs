namespace DataEngineX.Lakehouse.Tests.Tables;

public class QuarantineTests
{
    private static readonly DatasetId Quarantine = DatasetId.Table(Layer.Quarantine, "p");

    [Fact]
    public async Task Quarantined_rows_are_hidden_until_the_target_is_committed()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1), 0, 1);
        Assert.Null(await lake.Catalog.FindAsync(Quarantine));
        Assert.Empty(await lake.Catalog.ListAsync().ToListAsync());

        await lake.AppendAsync(lake.Record(1), (1, "good", 1));
        Assert.Equal(["1|bad|null"], await QuarantinedAsync(lake));

        await SetAsideAsync(lake, lake.Record(2), 1, 2);
        Assert.Equal(["1|bad|null"], await QuarantinedAsync(lake));
        var table = await lake.Catalog.FindAsync(Quarantine);
        Assert.Equal(0, (await table!.GetSnapshotAsync()).Version);
        await Assert.ThrowsAsync<DataEngineXException>(async () => await table.GetSnapshotAsync(1));
        Assert.Single(await table.GetHistoryAsync().ToListAsync());

        await lake.AppendAsync(lake.Record(2), (2, "good", 1));
        Assert.Equal(["1|bad|null", "2|bad|null"], await QuarantinedAsync(lake));
    }

    [Fact]
    public async Task A_pending_commit_of_the_same_run_key_is_adopted()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1, key: "k", runId: "first"), 0, 1);
        using var again = lake.Reopened();
        var result = await SetAsideAsync(again, again.Record(1, key: "k", runId: "second", token: 2), 0, 1);
        await again.AppendAsync(again.Record(1, key: "k", runId: "second", token: 2), (1, "good", 1));

        Assert.True(result.AlreadyDone);
        Assert.Equal(["1|bad|null"], await QuarantinedAsync(again));
    }

    [Fact]
    public async Task A_pending_commit_of_another_run_key_is_taken_back_by_the_commit_that_follows()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1, key: "k1"), 0, 1);
        await lake.AppendAsync(lake.Record(1, key: "k1"), (1, "good", 1));
        await SetAsideAsync(lake, lake.Record(2, key: "given up"), 1, 7, 8);
        await SetAsideAsync(lake, lake.Record(2, key: "k2"), 1, 2);
        Assert.Equal(["1|bad|null"], await QuarantinedAsync(lake));
        await lake.AppendAsync(lake.Record(2, key: "k2"), (2, "good", 1));

        Assert.Equal(["1|bad|null", "2|bad|null"], await QuarantinedAsync(lake));
        Assert.Equal(["2|bad|null"], await QuarantinedAsync(lake, new TableScan { Since = 0 }));
    }

    [Fact]
    public async Task A_pending_commit_is_taken_back_even_when_nothing_is_set_aside_any_more()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1, key: "given up"), 0, 7);
        var result = await SetAsideAsync(lake, lake.Record(1, key: "k"), 0);
        await lake.AppendAsync(lake.Record(1, key: "k"), (1, "good", 1));

        Assert.False(result.AlreadyDone);
        Assert.Equal("1", result.Version);
        Assert.Empty(await QuarantinedAsync(lake));
    }

    [Fact]
    public async Task A_pipeline_that_sets_nothing_aside_gets_no_quarantine_table()
    {
        using var lake = new Lake();
        var result = await SetAsideAsync(lake, lake.Record(1), 0);

        Assert.Equal(("", false), (result.Version, result.AlreadyDone));
        Assert.Empty(await lake.KeysAsync());
    }

    [Fact]
    public async Task Nothing_set_aside_adds_no_version_to_a_quarantine_table()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1), 0, 1);
        await lake.AppendAsync(lake.Record(1), (1, "good", 1));
        var keys = await lake.KeysAsync();
        var result = await SetAsideAsync(lake, lake.Record(2), 1);

        Assert.Equal("0", result.Version);
        Assert.Equal(keys, await lake.KeysAsync());
    }

    [Fact]
    public async Task Rows_of_a_run_that_gave_up_stay_hidden_when_the_next_run_uses_its_counter_without_quarantine()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1, key: "given up"), 0, 7);
        await lake.AppendAsync(lake.Record(1, key: "k"), (1, "good", 1));

        Assert.Null(await lake.Catalog.FindAsync(Quarantine));
    }

    [Fact]
    public async Task An_older_run_cannot_take_back_what_a_newer_one_set_aside()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1, key: "newer", token: 5), 0, 1);
        await Assert.ThrowsAsync<FencedException>(() => SetAsideAsync(lake, lake.Record(1, key: "older", token: 4), 0, 2));
    }

    [Fact]
    public async Task The_quarantine_of_a_target_that_is_no_table_is_always_visible()
    {
        using var lake = new Lake();
        await SetAsideAsync(lake, lake.Record(1) with { Target = DatasetId.Model("m") }, 0, 1);

        Assert.Equal(["1|bad|null"], await QuarantinedAsync(lake));
    }

    private static Task<CommitResult> SetAsideAsync(Lake lake, CommitRecord record, long published, params long[] ids) => lake.WriteAsync(
        lake.Request(record) with { Table = Quarantine, PublishedSequence = published },
        ids.Length == 0 ? [] : [lake.Batch([.. ids.Select(i => ((long?)i, (string?)"bad", (double?)null))])]);

    private static async Task<List<string>> QuarantinedAsync(Lake lake, TableScan? scan = null)
    {
        var table = await lake.Catalog.FindAsync(Quarantine);
        return await Rows.Of(table!.ScanAsync(scan ?? new TableScan()));
    }
}
