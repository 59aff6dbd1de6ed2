using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class CommitTests
{
    public static TheoryData<string, WriteDisposition> Crashes
    {
        get
        {
            var data = new TheoryData<string, WriteDisposition>();
            foreach (var place in new[] { FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.LogEntryWritten })
            {
                foreach (var disposition in Enum.GetValues<WriteDisposition>().Except([WriteDisposition.History]))
                    data.Add(place, disposition);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_write_that_crashed_gives_the_same_rows_and_record_when_it_is_made_again(string place, WriteDisposition disposition)
    {
        using var folder = new TempFolder();
        using var undisturbed = new Lake(new LocalObjectStore(folder["undisturbed"]));
        using var lake = new Lake(new LocalObjectStore(folder["crashed"]));
        foreach (var each in new[] { undisturbed, lake })
            await each.AppendAsync(each.Record(1), (1, "a", 1), (2, "b", 2));
        await WriteAsync(undisturbed, disposition);

        var failpoints = new FailAt(place);
        using (var crashing = lake.Reopened(failpoints))
            await Assert.ThrowsAsync<SimulatedCrashException>(() => WriteAsync(crashing, disposition));
        Assert.True(failpoints.Failed);
        using (var between = lake.Reopened())
        {
            Assert.Equal(
                place == FailpointNames.LogEntryWritten ? await undisturbed.RowsAsync() : ["1|a|1", "2|b|2"],
                await between.RowsAsync());
        }

        using var again = lake.Reopened();
        var result = await WriteAsync(again, disposition);

        Assert.Equal(place == FailpointNames.LogEntryWritten, result.AlreadyDone);
        Assert.Equal(await undisturbed.RowsAsync(), await again.RowsAsync());
        var (expected, actual) = (await undisturbed.SnapshotAsync(), await again.SnapshotAsync());
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Records["p"].Cursor, actual.Records["p"].Cursor);
        Assert.Equal(expected.Records["p"].RunKey, actual.Records["p"].RunKey);
        Assert.Equal(expected.FileCount, actual.FileCount);
    }

    [Fact]
    public async Task The_record_of_a_pipeline_is_found_whoever_committed_since()
    {
        using var lake = new Lake();
        Assert.Null(await lake.Catalog.FindRecordAsync(lake.Id, "p"));
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(1, pipeline: "other"), (2, "b", 2));
        for (var i = 2; i <= 12; i++)
            await lake.AppendAsync(lake.Record(i, pipeline: "other"), (i, "c", i));
        using var reopened = lake.Reopened();

        Assert.Equal((1, "run1p"), (await FoundAsync("p"))!);
        Assert.Equal((12, "run12other"), (await FoundAsync("other"))!);
        Assert.Null(await FoundAsync("nobody"));
        await lake.AppendAsync(lake.Record(2), (13, "d", 13));
        Assert.Equal((2, "run2p"), (await FoundAsync("p"))!);
        Assert.Equal((2, "run2p"), await DefaultAsync("p"));

        async Task<(long, string)?> FoundAsync(string pipeline) =>
            await reopened.Catalog.FindRecordAsync(lake.Id, pipeline) is { } record ? (record.Sequence, record.RunId) : null;

        // What catalogs do that know no shorter way.
        async Task<(long, string)?> DefaultAsync(string pipeline) =>
            (await (await reopened.TableAsync()).GetSnapshotAsync()).Records.GetValueOrDefault(pipeline) is { } record ? (record.Sequence, record.RunId) : null;
    }

    [Fact]
    public async Task The_record_of_a_pending_quarantine_is_not_found()
    {
        using var lake = new Lake();
        var quarantine = DatasetId.Table(Layer.Quarantine, "p");
        await lake.WriteAsync(lake.Request(lake.Record(1)) with { Table = quarantine, PublishedSequence = 0 }, lake.Batch((1, "bad", null)));

        Assert.Null(await lake.Catalog.FindRecordAsync(quarantine, "p"));
        await lake.AppendAsync(lake.Record(1), (1, "good", 1));
        Assert.Equal(1, (await lake.Catalog.FindRecordAsync(quarantine, "p"))!.Sequence);
    }

    [Fact]
    public async Task The_same_run_key_made_twice_writes_nothing()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 1));
        var keys = await lake.KeysAsync();
        var result = await lake.AppendAsync(lake.Record(2), (2, "b", 1));

        Assert.True(result.AlreadyDone);
        Assert.Equal(("1", 0), (result.Version, result.Inserted));
        Assert.Equal(keys, await lake.KeysAsync());
        Assert.Equal(["1|a|1", "2|b|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_write_that_is_given_up_leaves_nothing_behind()
    {
        using var lake = new Lake();
        await using (var writer = await lake.Catalog.OpenWriterAsync(lake.Request(lake.Record(1))))
            await writer.TakeAsync(lake.Batch((1, "a", 1)), CancellationToken.None);

        Assert.Empty(await lake.KeysAsync());
        Assert.Null(await lake.Catalog.FindAsync(lake.Id));
    }

    [Fact]
    public async Task An_older_fencing_token_cannot_commit()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1, token: 8), (1, "a", 1));
        var error = await Assert.ThrowsAsync<FencedException>(() => lake.AppendAsync(lake.Record(2, token: 7), (2, "b", 1)));

        Assert.Equal((7, 8), (error.Token, error.NewerToken));
        Assert.Contains("silver/readings", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a|1"], await lake.RowsAsync());
        Assert.Single(await lake.KeysAsync(), k => k.EndsWith(".parquet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_planned_before_another_commit_of_its_pipeline_is_a_conflict()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1, key: "one"), (1, "a", 1));
        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.AppendAsync(lake.Record(1, key: "two"), (2, "b", 1)));

        Assert.True(error.IsTransient);
        Assert.Equal(["1|a|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task An_append_that_lost_the_race_follows_the_winner()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        store.BeforePutIfAbsent = _ => other.UpsertAsync(other.Record(1, pipeline: "q"), (9, "z", 1));
        var result = await lake.AppendAsync(lake.Record(2), (2, "b", 1));

        Assert.Equal("2", result.Version);
        Assert.Equal(["1|a|1", "9|z|1", "2|b|1"], await lake.RowsAsync());
        Assert.Equal(["p", "q"], (await lake.SnapshotAsync()).Records.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(WriteDisposition.Replace)]
    [InlineData(WriteDisposition.Upsert)]
    public async Task A_replace_or_upsert_that_lost_against_new_rows_is_a_conflict_naming_both(WriteDisposition disposition)
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        var keys = await lake.KeysAsync();
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(1, pipeline: "q", runId: "other-run"), (2, "z", 1));
        var request = lake.Request(lake.Record(2, runId: "my-run"), disposition);
        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.WriteAsync(request, lake.Batch((2, "b", 1))));

        Assert.Contains("my-run", error.Message, StringComparison.Ordinal);
        Assert.Contains("append of run other-run", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a|1", "2|z|1"], await lake.RowsAsync());
        Assert.Equal(keys.Count + 2, (await lake.KeysAsync()).Count);
    }

    [Fact]
    public async Task A_replace_follows_a_commit_that_changed_no_rows()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(1, pipeline: "q"));
        await lake.ReplaceAsync(lake.Record(2), (2, "b", 1));

        Assert.Equal(["2|b|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Two_writers_that_both_create_the_table_both_get_their_rows_in()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(1, pipeline: "q"), (9, "z", 1));
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));

        Assert.Equal(["9|z|1", "1|a|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Eight_writers_in_two_catalogs_over_one_folder_lose_nothing()
    {
        const int Commits = 12;
        using var folder = new TempFolder();
        using var left = new Lake(new LocalObjectStore(folder.Path));
        using var right = new Lake(new LocalObjectStore(folder.Path));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var lake = w % 2 == 0 ? left : right;
            for (var i = 1; i <= Commits; i++)
                await lake.AppendAsync(lake.Record(i, pipeline: $"w{w}"), ((w * 1000) + i, $"w{w}", i), ((w * 1000) + i, $"w{w}", -i));
        })));

        using var reader = new Lake(new LocalObjectStore(folder.Path));
        var rows = await reader.RowsAsync();
        var expected = Enumerable.Range(0, 8).SelectMany(w => Enumerable.Range(1, Commits).SelectMany(
            i => new[] { $"{(w * 1000) + i}|w{w}|{i}", $"{(w * 1000) + i}|w{w}|-{i}" }));
        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        var snapshot = await reader.SnapshotAsync();
        Assert.Equal((8 * Commits) - 1, snapshot.Version);
        Assert.All(snapshot.Records.Values, r => Assert.Equal(Commits, r.Sequence));
        Assert.Equal(rows, await left.RowsAsync());
        Assert.Equal(rows, await right.RowsAsync());
    }

    private static Task<CommitResult> WriteAsync(Lake lake, WriteDisposition disposition) =>
        lake.WriteAsync(lake.Request(lake.Record(2), disposition), lake.Batch((2, "changed", 2), (3, "c", 3)));
}
