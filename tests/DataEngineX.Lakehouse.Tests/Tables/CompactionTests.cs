using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class CompactionTests
{
    [Fact]
    public async Task Small_files_become_one_and_rows_stay_as_they_are()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 12; i++)
            await lake.AppendAsync(lake.Record(i), (i, $"n{i}", i));
        var before = await lake.RowsAsync();

        var result = await ApplyAsync(lake, new CompactFiles());

        Assert.Equal(before, await lake.RowsAsync());
        Assert.Equal((12, 1), ((await lake.SnapshotAsync()).RowCount, (await lake.SnapshotAsync()).FileCount));
        Assert.Equal((0, 0, 0), (result.Inserted, result.Updated, result.Deleted));
        Assert.Equal(["1|n1|1"], await lake.RowsAsync(new TableScan { Version = 0 }));
        var again = await ApplyAsync(lake, new CompactFiles());
        Assert.Equal(result.Version, again.Version);
    }

    [Fact]
    public async Task Readers_of_what_is_new_or_changed_see_nothing()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 3; i++)
            await lake.AppendAsync(lake.Record(i), (i, $"n{i}", i));
        await ApplyAsync(lake, new CompactFiles());
        await lake.AppendAsync(lake.Record(4), (4, "n4", 4));

        Assert.Equal(["4|n4|4"], await lake.RowsAsync(new TableScan { Since = 2 }));
        var table = await lake.TableAsync();
        Assert.Empty(await Rows.Of(table.ReadChangesAsync(new TableChanges { From = 3, To = 3, Allocator = lake.Allocator })));
    }

    [Fact]
    public async Task Files_of_the_size_wanted_stay_and_others_are_filled_up_to_it()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 9; i++)
            await lake.AppendAsync(lake.Record(i), (i, "same", i));
        var size = (await lake.SnapshotAsync()).Bytes / 9;

        await ApplyAsync(lake, new CompactFiles { TargetBytes = size * 3 + (size / 2) });
        Assert.Equal((9, 3), ((await lake.SnapshotAsync()).RowCount, (await lake.SnapshotAsync()).FileCount));
        await ApplyAsync(lake, new CompactFiles { TargetBytes = size });
        Assert.Equal(3, (await lake.SnapshotAsync()).FileCount);
    }

    [Fact]
    public async Task Only_files_that_a_condition_may_hold_in_are_taken()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 6; i++)
            await lake.AppendAsync(lake.Record(i), (i, "same", i));

        await ApplyAsync(lake, new CompactFiles { Where = Col("id") > 4L });

        Assert.Equal(5, (await lake.SnapshotAsync()).FileCount);
    }

    [Fact]
    public async Task Rows_hidden_by_deletion_vectors_go_for_good()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2), (3, "c", 3));
        await ApplyAsync(lake, new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true" }));
        await ApplyAsync(lake, new DeleteRows(Col("id") == 2L));
        var before = (await lake.KeysAsync()).Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).ToList();

        await ApplyAsync(lake, new CompactFiles());

        Assert.Equal(["1|a|1", "3|c|3"], await lake.RowsAsync());
        Assert.Single((await lake.KeysAsync()).Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).Except(before));
        var version = (await lake.SnapshotAsync()).Version;
        await ApplyAsync(lake, new CompactFiles());
        Assert.Equal(version, (await lake.SnapshotAsync()).Version);
    }

    [Fact]
    public async Task An_append_while_files_are_put_together_goes_through_and_a_delete_of_their_rows_wins()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 3; i++)
            await lake.AppendAsync(lake.Record(i), (i, $"n{i}", i));
        using var appending = lake.Reopened(new Meanwhile(async () =>
        {
            using var other = lake.Reopened();
            await other.AppendAsync(other.Record(4), (4, "n4", 4));
        }));
        await ApplyAsync(appending, new CompactFiles());
        Assert.Equal(["1|n1|1", "2|n2|2", "3|n3|3", "4|n4|4"], (await lake.RowsAsync()).Order(StringComparer.Ordinal));

        await lake.AppendAsync(lake.Record(5), (5, "n5", 5));
        using var deleting = lake.Reopened(new Meanwhile(async () =>
        {
            using var other = lake.Reopened();
            await ApplyAsync(other, new DeleteRows(Col("id") == 5L));
        }));
        await Assert.ThrowsAsync<CommitConflictException>(() => ApplyAsync(deleting, new CompactFiles()));
        Assert.Equal(["1|n1|1", "2|n2|2", "3|n3|3", "4|n4|4"], (await lake.RowsAsync()).Order(StringComparer.Ordinal));
    }

    private static async Task<CommitResult> ApplyAsync(Lake lake, TableOperation operation) =>
        await (await lake.TableAsync()).ApplyAsync(operation with { Allocator = lake.Allocator });

    /// <summary>Lets another writer in when the data files are written.</summary>
    private sealed class Meanwhile(Func<Task> other) : IFailpoints
    {
        private bool _done;

        public async ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
        {
            if (name != FailpointNames.DataFilesWritten || _done)
                return;
            _done = true;
            await other();
        }
    }
}
