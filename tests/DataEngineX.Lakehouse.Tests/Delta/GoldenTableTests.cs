using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class GoldenTableTests
{
    public static TheoryData<string> Readable =>
    [
        "124-decimal-decode-bug",
        "basic-decimal-table",
        "basic-with-inserts-overwrite-restore",
        "data-reader-date-types-America",
        "data-reader-date-types-Iceland",
        "data-reader-date-types-utc",
        "data-reader-nested-struct",
        "data-reader-primitives",
        "data-reader-timestamp_ntz",
        "data-skipping-partition-and-data-column",
        "kernel-timestamp-timestamp_micros",
        "log-replay-latest-metadata-protocol",
        "log-replay-special-characters",
        "only-checkpoint-files",
        "parquet-decimal-type",
        "snapshot-data2-deleted",
        "snapshot-repartitioned",
        "table-with-columnmapping-mode-name",
        "time-travel-schema-changes-a",
        "time-travel-start-start20",
        "v2-checkpoint-json",
    ];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task A_table_of_another_writer_gives_its_rows(string name)
    {
        using var table = new GoldenTable(name);

        Assert.Empty(await table.DifferencesAsync());
        Assert.Equal(table.ExpectedRows(), await (await table.Catalog.FindAsync(table.Id))!.CountRowsAsync());
    }

    [Theory]
    [InlineData("basic-with-inserts-overwrite-restore", 3)]
    [InlineData("only-checkpoint-files", 2)]
    [InlineData("v2-checkpoint-json", 2)]
    public async Task A_table_is_read_from_its_checkpoint_when_older_entries_are_gone(string name, int checkpoint)
    {
        using var table = new GoldenTable(name);
        for (var version = 0; version <= checkpoint; version++)
            File.Delete(table[$"_delta_log/{version:D20}.json"]);

        Assert.Empty(await table.DifferencesAsync());
    }

    [Theory]
    [InlineData("basic-with-inserts-overwrite-restore", 3)]
    [InlineData("only-checkpoint-files", 2)]
    public async Task A_damaged_checkpoint_is_passed_over_while_the_entries_are_there(string name, int checkpoint)
    {
        using var table = new GoldenTable(name);
        await File.WriteAllTextAsync(table[$"_delta_log/{checkpoint:D20}.checkpoint.parquet"], "damaged");

        Assert.Empty(await table.DifferencesAsync());
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_an_error_when_the_entries_are_gone()
    {
        using var table = new GoldenTable("basic-with-inserts-overwrite-restore");
        File.Delete(table["_delta_log/00000000000000000000.json"]);
        await File.WriteAllTextAsync(table["_delta_log/00000000000000000003.checkpoint.parquet"], "damaged");
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await table.Catalog.FindAsync(table.Id));

        Assert.Contains("00000000000000000003.checkpoint.parquet cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data-reader-absolute-paths-escaped-chars", "there is no metaData action")]
    [InlineData("deltalog-state-reconstruction-from-checkpoint-missing-metadata", "there is no metaData action")]
    [InlineData("deltalog-state-reconstruction-without-protocol", "there is no protocol action")]
    public async Task A_table_that_cannot_be_read_rightly_is_an_error_that_says_why(string name, string reason)
    {
        using var table = new GoldenTable(name);
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await table.Catalog.FindAsync(table.Id));

        Assert.Contains($"bronze/{name}", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_skipped_by_statistics_under_physical_names()
    {
        using var table = new GoldenTable("data-skipping-basic-stats-all-types-columnmapping-name");
        var found = await table.Catalog.FindAsync(table.Id);
        var scan = new TableScan { Columns = ["as_int", "as_string", "as_big_decimal"] };

        Assert.Equal(["0|0|0"], await Rows.Of(found!.ScanAsync(scan)));
        Assert.Equal(["0|0|0"], await Rows.Of(found.ScanAsync(scan with { Predicate = Col("as_int") == 0 })));
        Assert.Empty(await Rows.Of(found.ScanAsync(scan with { Predicate = Col("as_int") > 0 })));
        Assert.Empty(await Rows.Of(found.ScanAsync(scan with { Predicate = Col("as_string") == "7" })));
    }

    [Theory]
    [InlineData("deltatbl-column-names-case-insensitive", 10)]
    [InlineData("deltatbl-deleted-path", 10)]
    [InlineData("deltatbl-incorrect-format-config", 10)]
    [InlineData("deltatbl-map-types-correctly", 1)]
    [InlineData("deltatbl-non-partitioned", 10)]
    [InlineData("deltatbl-not-allow-write", 10)]
    [InlineData("deltatbl-partition-prune", 5)]
    [InlineData("deltatbl-partitioned", 10)]
    [InlineData("deltatbl-schema-match", 10)]
    [InlineData("deltatbl-special-chars-in-partition-column", 10)]
    [InlineData("deltatbl-touch-files-needed-for-partitioned", 10)]
    public async Task Tables_as_hive_reads_them_give_their_rows(string name, int rows)
    {
        using var table = new GoldenTable(name, Path.Combine("hive", "delta", name));
        var found = await table.Catalog.FindAsync(table.Id);

        Assert.Equal(rows, (await Rows.Of(found!.ScanAsync(new TableScan()))).Count);
        Assert.Equal(rows, await found.CountRowsAsync());
    }

    [Fact]
    public async Task Partition_values_with_special_characters_are_those_of_the_log()
    {
        using var table = new GoldenTable("special", Path.Combine("hive", "delta", "deltatbl-special-chars-in-partition-column"));
        var found = await table.Catalog.FindAsync(table.Id);
        var rows = await Rows.Of(found!.ScanAsync(new TableScan()));

        Assert.Equal(["0|+ =%0", "1|+ =%1", "2|+ =%0"], rows.Order(StringComparer.Ordinal).Take(3));
    }

    [Fact]
    public async Task Files_of_other_partitions_are_skipped()
    {
        using var table = new GoldenTable("basic-decimal-table");
        var found = await table.Catalog.FindAsync(table.Id);

        Assert.Equal(4, (await Rows.Of(found!.ScanAsync(new TableScan { Columns = ["part"] }))).Count);
        Assert.Equal(["234.00000"], await Rows.Of(found.ScanAsync(new TableScan { Columns = ["part"], Predicate = Col("part") == Lit(234m) })));
    }

    [Theory]
    [InlineData("canonicalized-paths-normal-a")]
    [InlineData("canonicalized-paths-special-b")]
    [InlineData("log-replay-special-characters")]
    public async Task A_file_removed_under_another_spelling_of_its_path_is_gone(string name)
    {
        using var table = new GoldenTable(name);
        var found = await table.Catalog.FindAsync(table.Id);

        Assert.Equal(0, (await found!.GetSnapshotAsync()).FileCount);
    }

    [Fact]
    public async Task History_keeps_what_other_writers_say_of_themselves()
    {
        using var table = new GoldenTable("deltalog-commit-info");
        var found = await table.Catalog.FindAsync(table.Id);
        var commit = Assert.Single(await found!.GetHistoryAsync().ToListAsync());

        Assert.Equal((0, "WRITE"), (commit.Version, commit.Operation));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1540415658000), commit.Timestamp);
    }
}
