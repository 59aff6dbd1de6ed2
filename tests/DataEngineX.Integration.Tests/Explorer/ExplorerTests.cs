using DuckDB.NET.Data;

namespace DataEngineX.Integration.Tests.Explorer;

/// <summary>The explorer as people and scripts use it.</summary>
public class ExplorerTests
{
    private const string Mapped = "table-with-columnmapping-mode-name/delta";

    public static TheoryData<string> Golden =>
    [
        "124-decimal-decode-bug", "basic-decimal-table", "basic-with-inserts-overwrite-restore", "data-reader-date-types-America", "data-reader-date-types-Iceland",
        "data-reader-date-types-utc", "data-reader-nested-struct", "data-reader-primitives", "data-reader-timestamp_ntz", "data-skipping-partition-and-data-column",
        "kernel-timestamp-timestamp_micros", "log-replay-latest-metadata-protocol", "log-replay-special-characters", "only-checkpoint-files", "snapshot-data2-deleted",
        "snapshot-repartitioned", "table-with-columnmapping-mode-name", "time-travel-schema-changes-a", "time-travel-start-start20", "v2-checkpoint-json",
    ];

    [Theory]
    [MemberData(nameof(Golden))]
    public async Task A_table_of_another_writer_is_written_to_Parquet_row_by_row_and_type_by_type(string name)
    {
        using var folder = new TempFolder();
        var file = folder.Below("rows.parquet");
        var run = await ExplorerRun.OfAsync("cat", Path.Combine(ExplorerRun.Golden(name), "delta"), "--output", file);

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Errors));
        var expected = $"read_parquet('{ExplorerRun.Golden(name)}/expected/*.parquet', hive_partitioning = false)";
        Assert.Equal(Types(expected), Types($"read_parquet('{file}')"));
        var types = Query($"select column_name, column_type from (describe select * from {expected})").Select(r => r.Split('|')).ToList();
        var ours = $"select {string.Join(", ", types.Select(t => $"cast(\"{t[0]}\" as {t[1]}) as \"{t[0]}\""))} from read_parquet('{file}')";
        Assert.Empty(Query($"select 'missing', columns(*)::varchar from (select * from {expected} except all {ours})"));
        Assert.Empty(Query($"select 'too many', columns(*)::varchar from ({ours} except all select * from {expected})"));
    }

    [Theory]
    [InlineData("deltatbl-column-names-case-insensitive", 10)]
    [InlineData("deltatbl-deleted-path", 10)]
    [InlineData("deltatbl-incorrect-format-config", 10)]
    [InlineData("deltatbl-partition-prune", 5)]
    [InlineData("deltatbl-special-chars-in-partition-column", 10)]
    public async Task Tables_as_hive_reads_them_give_their_rows(string name, int rows)
    {
        using var folder = new TempFolder();
        var run = await ExplorerRun.OfAsync("cat", Path.Combine(ExplorerRun.Golden("hive"), "delta", name), "--output", folder.Below("rows.csv"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(rows + 1, File.ReadAllLines(folder.Below("rows.csv")).Length);
    }

    [Theory]
    [InlineData("data-reader-absolute-paths-escaped-chars/delta", "there is no metaData action")]
    [InlineData("deltalog-state-reconstruction-from-checkpoint-missing-metadata/delta", "there is no metaData action")]
    [InlineData("deltalog-state-reconstruction-without-protocol/delta", "there is no protocol action")]
    [InlineData("deltalog-commit-info/delta", "deltalog-commit-info/delta/abc")]
    [InlineData("hive", "it has no _delta_log")]
    [InlineData("nothing", "There is no folder")]
    public async Task What_cannot_be_read_is_said_in_one_line(string table, string reason)
    {
        var run = await ExplorerRun.OfAsync("cat", ExplorerRun.Golden(table));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, Assert.Single(run.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'tell' is nothing that can be asked", "tell", "x")]
    [InlineData("The folder of a table is missing", "cat")]
    [InlineData("--from is missing", "changes", "x")]
    [InlineData("--where means nothing to schema", "schema", "x", "--where", "a = 1")]
    [InlineData("--version needs a whole number from 0 on, not '-1'", "cat", "x", "--version", "-1")]
    [InlineData("--as-of needs a time such as 2024-05-01T12:00:00Z, not '12:00'", "cat", "x", "--as-of", "12:00")]
    [InlineData("--as-of needs a time such as 2024-05-01T12:00:00Z, not '01/02/2024'", "cat", "x", "--as-of", "01/02/2024")]
    [InlineData("--as-of needs a time such as 2024-05-01T12:00:00Z, not '2024-05'", "cat", "x", "--as-of", "2024-05")]
    [InlineData("--version and --as-of exclude each other", "cat", "x", "--version", "1", "--as-of", "2024-01-01")]
    public async Task A_question_that_is_not_understood_ends_with_two(string reason, params string[] arguments)
    {
        var run = await ExplorerRun.OfAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, Assert.Single(run.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_stand_in_a_table_with_names_and_types_and_the_rest_is_counted()
    {
        var run = await ExplorerRun.OfAsync("cat", ExplorerRun.Golden("data-reader-timestamp_ntz/delta"), "--rows", "2", "--where", "id <= 3");

        Assert.Equal(
        """
           id  tsNtz                       tsNtzPartition
        int32  timestamp[us]               timestamp[us]
        -----  --------------------------  --------------------------
            3  2021-11-18T02:30:00.123456  2013-07-05T17:01:00.123456
            0  2021-11-18T02:30:00.123456  2021-11-18T02:30:00.123456
        (2 of 4 rows shown; --rows 0 shows all, --output FILE writes all)

        """, run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_wide_table_stands_in_blocks_that_fit_the_line()
    {
        var run = await ExplorerRun.OfAsync("cat", ExplorerRun.Golden(Mapped), "--width", "80");
        var lines = run.Output.TrimEnd('\n').Split('\n');

        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
        Assert.Contains("columns 1 to 7 of 19", lines);
        Assert.Equal("(6 rows)", lines[^1]);
        Assert.Contains(lines, l => l.Contains("[[1,2],[3,4]]", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains('…', StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("null", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_formats_keep_what_they_can()
    {
        using var folder = new TempFolder();
        foreach (var end in (string[])["csv", "jsonl"])
            Assert.Equal(0, (await ExplorerRun.OfAsync("cat", ExplorerRun.Golden(Mapped), "--where", "LongType = 1", "--output", folder.Below($"rows.{end}"))).ExitCode);
        var csv = File.ReadAllLines(folder.Below("rows.csv"));

        Assert.Equal(2, csv.Length);
        Assert.StartsWith("1,1,1,1,1,1,1.00,false,1,MQ==,2021-11-18,1970-01-01T00:00:00.001000Z,", csv[1], StringComparison.Ordinal);
        Assert.Contains("\"map_of_rows\":[{\"key\":2,\"value\":{\"ab\":20}}]", Assert.Single(File.ReadAllLines(folder.Below("rows.jsonl"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_tells_of_its_columns_commits_files_and_changes()
    {
        var table = ExplorerRun.Golden("basic-with-inserts-overwrite-restore/delta");
        var schema = await ExplorerRun.OfAsync("schema", ExplorerRun.Golden("basic-decimal-table/delta"));
        var history = await ExplorerRun.OfAsync("history", table);
        var files = await ExplorerRun.OfAsync("files", table, "--version", "1");
        var changes = await ExplorerRun.OfAsync("changes", table, "--from=1", "--to=1", "--rows", "1");

        Assert.Contains("part    decimal(12,5)   true      true", schema.Output, StringComparison.Ordinal);
        Assert.Contains("3  2023-10-18T00:24:51.204000Z  RESTORE", history.Output, StringComparison.Ordinal);
        Assert.Contains("rows)", files.Output, StringComparison.Ordinal);
        Assert.Contains("insert", changes.Output, StringComparison.Ordinal);
        Assert.Contains("(1 of 100 rows shown", changes.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_is_shown_by_number_and_by_time()
    {
        var table = ExplorerRun.Golden("basic-with-inserts-overwrite-restore/delta");
        var byNumber = await ExplorerRun.OfAsync("cat", table, "--version", "2", "--rows", "1");
        var byTime = await ExplorerRun.OfAsync("cat", table, "--as-of", "2023-10-18T00:24:45Z", "--rows", "1");
        var tooNew = await ExplorerRun.OfAsync("cat", table, "--version", "9");

        Assert.Contains("(1 of 500 rows shown", byNumber.Output, StringComparison.Ordinal);
        Assert.Equal(byNumber.Output, byTime.Output);
        Assert.Contains("has no version 9; the newest is 3", tooNew.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_leaves_the_file_that_was_there()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Below("rows.csv"), "before");
        var run = await ExplorerRun.OfAsync("cat", ExplorerRun.Golden("deltalog-commit-info/delta"), "--output", folder.Below("rows.csv"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([folder.Below("rows.csv")], Directory.GetFiles(folder.Root));
        Assert.Equal("before", await File.ReadAllTextAsync(folder.Below("rows.csv")));
    }

    // The writer of the expected rows kept instants in a form that does not say that they are instants.
    private static List<string> Types(string rows) =>
        [.. Query($"select column_name, column_type from (describe select * from {rows})").Select(t => t.Replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMP", StringComparison.Ordinal))];

    [Fact]
    public async Task Variants_are_shown_and_written_as_JSON()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Below("t/_delta_log"));
        await File.WriteAllLinesAsync(folder.Below("t/_delta_log/00000000000000000000.json"),
        [
            """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["variantType"],"writerFeatures":["variantType"]}}""",
            """{"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"v\",\"type\":\"variant\",\"nullable\":true,\"metadata\":{}}]}","partitionColumns":[],"configuration":{}}}""",
            """{"add":{"path":"a.parquet","partitionValues":{},"size":1,"modificationTime":1,"dataChange":true}}""",
        ]);
        _ = Query($"copy (select {{'value': '\\x02\\x01\\x00\\x00\\x02\\x0C\\x07'::blob, 'metadata': '\\x01\\x01\\x00\\x01a'::blob}} as v) to '{folder.Below("t/a.parquet")}' (format parquet)");
        var shown = await ExplorerRun.OfAsync("cat", folder.Below("t"));
        var written = await ExplorerRun.OfAsync("cat", folder.Below("t"), "--where", "v is not null", "--output", folder.Below("rows.jsonl"));

        Assert.Equal((0, 0, "", ""), (shown.ExitCode, written.ExitCode, shown.Errors, written.Errors));
        Assert.Equal(["v", "variant", "-------", "{\"a\":7}", "(1 row)"], shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("{\"v\":{\"a\":7}}\n", await File.ReadAllTextAsync(folder.Below("rows.jsonl")));
    }

    private static List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"set timezone = 'UTC'; {sql}";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        return rows;
    }
}
