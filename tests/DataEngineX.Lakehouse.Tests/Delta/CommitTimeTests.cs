using DataEngineX.Lakehouse.Tables;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>When commits were made: told by themselves where the table asks for that, else by the times of the log's files.</summary>
public class CommitTimeTests
{
    private const string Keeps = "delta.enableInCommitTimestamps=true";

    private static readonly string[] Columns = [Field("id", "integer")];

    [Fact]
    public async Task Entries_were_made_when_the_store_got_them_whatever_their_writers_note()
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns)).Entry(1, Info(2_000)).Entry(2, Info(1_500));
        Modify(table, 100_000, 200_000, 300_000);

        Assert.Equal([300_000, 200_000, 100_000], await HistoryAsync(table));
        Assert.Equal([0, 0, 1, 2], await FindAsync(table, 100_000, 199_999, 200_000, 900_000));
        await Assert.ThrowsAsync<DataEngineXException>(() => FindAsync(table, 99_999));
    }

    [Fact]
    public async Task File_times_that_run_backwards_do_not_set_versions_back()
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns)).Entry(1, Info(2_000)).Entry(2, Info(3_000)).Entry(3, Info(4_000));
        Modify(table, 100_000, 500_000, 300_000, 600_000);

        Assert.Equal([0, 2, 3], await FindAsync(table, 400_000, 500_000, 600_000));
        Assert.Equal([600_000, 500_000, 500_000, 100_000], await HistoryAsync(table));
    }

    /// <summary>A copy is as old as it is, file by file: what the writers noted is all that is left of the times.</summary>
    [Fact]
    public async Task In_a_copy_of_a_log_the_times_count_that_writers_noted()
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns)).Entry(1, Info(20_000)).Entry(2, Info(30_000));
        Modify(table, 900_000, 900_400, 901_000);

        Assert.Equal([30_000, 20_000, 1_000], await HistoryAsync(table));
        Assert.Equal([0, 1, 2], await FindAsync(table, 19_999, 20_000, 900_000));
    }

    /// <summary>Their order is that of the versions whatever the clock did: what was made later is not told to be earlier.</summary>
    [Theory]
    [InlineData(50_000, 20_000, 30_000)]
    [InlineData(50_000, 20_000, 50_000)]
    public async Task In_a_copy_of_a_log_whose_clock_went_back_every_version_has_a_time_by_which_it_is_found(long first, long second, long third)
    {
        using var table = new HandTable();
        table.Entry(0, Info(first), Protocol(), Metadata(Columns)).Entry(1, Info(second)).Entry(2, Info(third));
        Modify(table, 900_000, 900_400, 901_000);

        Assert.Equal([50_000, 50_000, 50_000], await HistoryAsync(table));
        Assert.Equal([2, 2], await FindAsync(table, 50_000, 900_000));
        var early = await Assert.ThrowsAsync<DataEngineXException>(() => FindAsync(table, 49_999));
        Assert.StartsWith(OperatingSystem.IsWindows() ? "Table " : "Table /", early.Message, StringComparison.Ordinal);
        Assert.EndsWith("bronze/hand has no version of 1970-01-01 00:00:49.999Z; its log begins at 1970-01-01 00:00:50.000Z.", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_always_kept_its_times_is_believed()
    {
        using var table = new HandTable();
        table.Entry(0, Kept(5_000, 1), Protocol(), Metadata(Columns, null, Keeps)).Entry(1, Kept(6_000, 1)).Entry(2, Kept(7_000, 1));
        Modify(table, 100, 200, 300);

        Assert.Equal([7_000, 6_000, 5_000], await HistoryAsync(table));
        Assert.Equal([0, 0, 1, 2], await FindAsync(table, 5_000, 5_999, 6_000, 7_000));
        await Assert.ThrowsAsync<DataEngineXException>(() => FindAsync(table, 4_999));
    }

    /// <summary>Before the version at which a table began to keep times, file times count, even those that are later than the time it began.</summary>
    [Fact]
    public async Task Versions_before_times_were_kept_go_by_their_files()
    {
        using var table = new HandTable();
        table.Entry(0, Kept(9_000, 8_000), Protocol(), Metadata(Columns)).Entry(1, Info(9_100))
            .Entry(2, Kept(5_000, 1), Metadata(Columns, null, Keeps, "delta.inCommitTimestampEnablementVersion=2", "delta.inCommitTimestampEnablementTimestamp=5000"))
            .Entry(3, Kept(6_000, 1));
        Modify(table, 1_000, 5_500, 100, 200);

        Assert.Equal([6_000, 5_000, 5_500, 1_000], await HistoryAsync(table));
        Assert.Equal([0, 0, 2, 2, 3], await FindAsync(table, 1_000, 4_999, 5_000, 5_999, 6_000));
    }

    [Fact]
    public async Task A_table_that_keeps_times_no_longer_goes_by_its_files()
    {
        using var table = new HandTable();
        table.Entry(0, Kept(5_000, 1), Protocol(), Metadata(Columns, null, Keeps)).Entry(1, Kept(6_000, 2), Metadata(Columns));
        Modify(table, 100_000, 200_000);

        Assert.Equal([0, 1], await FindAsync(table, 100_000, 200_000));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_time_beyond_all_calendars_is_no_reason_not_to_read(long time)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Info(time), Protocol(), Metadata(Columns, null, Keeps), Add("a.parquet")).Entry(1, Kept(time, time));

        Assert.Equal(["1"], await table.RowsAsync());
        Assert.Equal(2, (await HistoryAsync(table)).Count);
    }

    private static string Kept(long time, long noted) => $"{{\"commitInfo\":{{\"timestamp\":{noted},\"inCommitTimestamp\":{time},\"operation\":\"TEST\"}}}}";

    private static void Modify(HandTable table, params long[] times)
    {
        foreach (var (version, time) in times.Index())
            File.SetLastWriteTimeUtc(table[$"_delta_log/{version:D20}.json"], DateTime.UnixEpoch.AddMilliseconds(time));
    }

    private static async Task<List<long>> FindAsync(HandTable table, params long[] times)
    {
        var opened = await new DeltaFolderCatalog().OpenAsync(table["."]);
        var found = new List<long>();
        foreach (var time in times)
            found.Add(await opened.FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds(time)));
        return found;
    }

    private static async Task<List<long>> HistoryAsync(HandTable table)
    {
        var opened = await table.TableAsync();
        var commits = await opened.GetHistoryAsync().ToListAsync();
        foreach (var commit in commits)
            Assert.Equal(commit.Timestamp, await opened.GetCommitTimeAsync(commit.Version));
        return [.. commits.Select(c => c.Timestamp.ToUnixTimeMilliseconds())];
    }
}
