using DataEngineX.Lakehouse.Sql;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Tables opened by their path.</summary>
public class FolderTests
{
    private static readonly string[] Types =
    [
        "boolean", "byte", "short", "integer", "long", "float", "double", "decimal(38,10)", "string", "date", "timestamp", "timestamp_ntz", "binary",
    ];

    [Fact]
    public async Task Partition_values_of_every_type_are_read_as_the_protocol_writes_them()
    {
        using var table = new HandTable();
        string[] values =
        [
            "true", "-128", "-32768", "-2147483648", "-9223372036854775808", "-1.5E9", "NaN", "-1234567890123456789012345678.0123456789", "a b/c=%\\\"ü", "0001-01-01",
            "1969-12-31 23:59:59.123456", "2021-11-18 02:30:00.123456", "\\u0001\\u0002~",
        ];
        var values2 = (string[])["false", "1", "2", "3", "4", "Infinity", "1.7976931348623157E308", "0.0000000001", "null", "9999-12-31", "1970-01-01T00:00:00.123456Z", "1970-01-01 00:00:00", "x"];
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id").Parquet("c.parquet", "select 3 as id").Parquet("d.parquet", "select 4 as id")
            .Entry(0, Protocol("timestampNtz"), Metadata([Field("id", "integer"), .. Types.Select((t, i) => Field($"c{i}", t))], [.. Types.Select((_, i) => $"c{i}")]),
                Add("a.parquet", Values(values)), Add("b.parquet", Values(values2)), Add("c.parquet", Values([.. Types.Select(_ => "")])), Add("d.parquet"));
        var nulls = string.Concat(Types.Select(_ => "|null"));

        Assert.Equal(
        [
            "1|true|-128|-32768|-2147483648|-9223372036854775808|-1500000000|NaN|-1234567890123456789012345678.0123456789|a b/c=%\"ü|0001-01-01"
                + "|1969-12-31 23:59:59.123456Z|2021-11-18 02:30:00.123456|01027E",
            "2|false|1|2|3|4|Infinity|1.7976931348623157E+308|0.0000000001|null|9999-12-31|1970-01-01 00:00:00.123456Z|1970-01-01 00:00:00.000000|78",
            $"3{nulls}", $"4{nulls}",
        ], await RowsAsync(table));

        static string Values(string[] values) => $"{{{string.Join(',', values.Select((v, i) => $"\"c{i}\":\"{v}\""))}}}";
    }

    [Fact]
    public async Task Features_that_only_writers_heed_change_nothing_for_readers()
    {
        using var table = new HandTable();
        string[] features =
        [
            "appendOnly", "invariants", "checkConstraints", "changeDataFeed", "generatedColumns", "allowColumnDefaults", "identityColumns", "rowTracking", "domainMetadata", "clustering",
            "inCommitTimestamp", "icebergCompatV1", "icebergCompatV2", "collations", "materializePartitionColumns", "checkpointProtection", "writersOfTomorrow",
        ];
        table.Parquet("a.parquet", "select 1 as id, 'a ' as c, 'abc' as v, 2 as g, 7::bigint as _row_id, 'insert' as _change_type").Entry(
            0,
            $"{{\"protocol\":{{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[{string.Join(',', features.Select(f => $"\"{f}\""))}]}}}}",
            Metadata(
            [
                "{\"name\":\"id\",\"type\":\"integer\",\"nullable\":false,\"metadata\":{\"delta.identity.start\":1,\"delta.identity.step\":1,\"delta.identity.allowExplicitInsert\":false}}",
                "{\"name\":\"c\",\"type\":\"char(2)\",\"nullable\":true,\"metadata\":{\"__CHAR_VARCHAR_TYPE_STRING\":\"char(2)\"}}",
                "{\"name\":\"v\",\"type\":\"string\",\"nullable\":true,\"metadata\":{\"__COLLATIONS\":{\"v\":\"icu.en_US.72\"},\"CURRENT_DEFAULT\":\"'x'\"}}",
                "{\"name\":\"g\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{\"delta.generationExpression\":\"id + 1\",\"delta.invariants\":\"{}\"}}",
            ], null, "delta.rowTracking.materializedRowIdColumnName=_row_id", "delta.constraints.c=id > 0", "delta.enableIcebergCompatV2=true"),
            "{\"domainMetadata\":{\"domain\":\"delta.clustering\",\"configuration\":\"{\\\"clusteringColumns\\\":[[\\\"id\\\"]]}\",\"removed\":false}}",
            "{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true,\"baseRowId\":0,\"defaultRowCommitVersion\":0,"
                + "\"clusteringProvider\":\"liquid\",\"tags\":{\"ZCUBE\":\"1\",\"none\":null}}}",
            "{\"actionOfTomorrow\":{\"x\":[1]}}");

        Assert.Equal(["1|a |abc|2"], await RowsAsync(table));
    }

    [Theory]
    [InlineData("geospatial")]
    [InlineData("catalogOwned-preview")]
    [InlineData("catalogManaged")]
    [InlineData("nanosecondTimestamps")]
    public async Task A_reader_feature_that_is_not_there_is_refused_by_name(string feature)
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("deletionVectors", feature), Metadata([Field("id", "integer")]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => RowsAsync(table));

        Assert.Contains($"the reader feature '{feature}', which is not supported", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variants")]
    [InlineData("interval day to second")]
    [InlineData("geometry")]
    [InlineData("decimal(39,1)")]
    public async Task A_type_that_is_not_there_is_refused_by_name_with_its_column(string type)
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata([Field("s", $"{{\"type\":\"struct\",\"fields\":[{Field("part", type)}]}}")]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => RowsAsync(table));

        Assert.Contains($"column 's.part' is of the Delta type {type}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_files_in_the_log_do_not_count()
    {
        using var table = new HandTable();
        Directory.CreateDirectory(table["_delta_log/_staged_commits"]);
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet")).Entry(1, Info(5));
        foreach (var other in (string[])
        [
            "00000000000000000000.00000000000000000001.compacted.json", "00000000000000000001.crc", ".00000000000000000001.json.crc", "_staged_commits/00000000000000000002.3a0d65cd-4056-49b8-937b-95f9e3ee90e5.json",
            "00000000000000000003.json.tmp", "00000000000000000009.checkpoint.notauuid.parquet", "_sidecars/x.parquet", "2.json", "x",
        ])
            await File.WriteAllTextAsync(table[$"_delta_log/{other}"], "nothing that can be read");

        Assert.Equal(["1"], await RowsAsync(table));
    }

    [Fact]
    public async Task An_entry_missing_between_others_is_an_error_that_names_it()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer")])).Entry(2, Add("a.parquet"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => RowsAsync(table));

        Assert.Contains("the entry of version 1 is missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, new TableScan { Version = 0 }));
    }

    [Fact]
    public async Task An_older_version_is_read_when_the_newest_asks_for_what_is_not_there()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet")).Entry(1, Protocol("featureOfTomorrow"));

        Assert.Equal(["1"], await RowsAsync(table, new TableScan { Version = 0 }));
        Assert.Contains("featureOfTomorrow", (await Assert.ThrowsAsync<DataEngineXException>(() => RowsAsync(table))).Message, StringComparison.Ordinal);
        Assert.Contains("no version 2; the newest is 1", (await Assert.ThrowsAsync<DataEngineXException>(() => RowsAsync(table, new TableScan { Version = 2 }))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"timestamp\":\"2024\",\"operation\":\"WRITE\",\"operationParameters\":[1],\"isBlindAppend\":\"yes\",\"engineInfo\":{\"a\":1},\"runId\":7,\"operationMetrics\":3}")]
    public async Task What_a_writer_says_of_its_commit_is_never_a_reason_not_to_read(string said)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, $"{{\"commitInfo\":{said}}}", Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet"));

        Assert.Equal(["1"], await RowsAsync(table));
        var commit = Assert.Single(await (await new DeltaFolderCatalog().OpenAsync(table["."])).GetHistoryAsync().ToListAsync());
        Assert.Equal(said.Contains("WRITE", StringComparison.Ordinal) ? "WRITE" : "unknown", commit.Operation);
    }

    [Fact]
    public async Task Files_and_vectors_outside_the_table_are_read_by_their_whole_paths()
    {
        using var table = new HandTable();
        using var elsewhere = new TempFolder();
        Directory.CreateDirectory(elsewhere["p=a b%25"]);
        var data = elsewhere["p=a b%25/data.parquet"];
        OutsideReader.Run($"copy (select range::int as id from range(4)) to '{data}' (format parquet)");
        var vector = RoaringWriter.Write(new SortedSet<long> { 1, 2 }, "array");
        var file = elsewhere["vector 1.bin"];
        await DeletionVectorTests.WriteFileAsync(file, vector);
        var spec = $"{{\"storageType\":\"p\",\"pathOrInlineDv\":\"file://{Escaped(file)}\",\"offset\":1,\"sizeInBytes\":{vector.Length},\"cardinality\":2}}";
        table.Entry(0, Protocol("deletionVectors"), Metadata([Field("id", "integer"), Field("p", "string")], ["p"]), Add($"file://{Escaped(data)}", "{\"p\":\"a b%\"}", vector: spec));

        Assert.Equal(["0|a b%", "3|a b%"], await RowsAsync(table));

        static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    [Fact]
    public async Task Nothing_is_made_where_a_table_is_read()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet"));
        var before = Directory.GetFileSystemEntries(table["."], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var opened = await new DeltaFolderCatalog().OpenAsync(table["."]);

        Assert.Equal(["1"], await Rows.Of(opened.ScanAsync(new TableScan())));
        Assert.Contains("only read", (await Assert.ThrowsAsync<DataEngineXException>(async () => await opened.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["x"] = "y" })))).Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(table["."], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Times_that_commits_keep_go_before_all_others()
    {
        using var table = new HandTable();
        var metadata = Metadata(
            [Field("id", "integer")], null, "delta.enableInCommitTimestamps=true", "delta.inCommitTimestampEnablementVersion=1", "delta.inCommitTimestampEnablementTimestamp=5000");
        table.Parquet("a.parquet", "select 1 as id")
            .Entry(0, Info(1000), Protocol(), Metadata([Field("id", "integer")]))
            .Entry(1, "{\"commitInfo\":{\"timestamp\":9000,\"inCommitTimestamp\":5000,\"operation\":\"TEST\"}}", metadata, Add("a.parquet"))
            .Entry(2, "{\"commitInfo\":{\"timestamp\":10,\"inCommitTimestamp\":6000,\"operation\":\"TEST\"}}", Remove("a.parquet"));
        var opened = await new DeltaFolderCatalog().OpenAsync(table["."]);

        Assert.Equal([6000L, 5000, 1000], await opened.GetHistoryAsync().Select(c => c.Timestamp.ToUnixTimeMilliseconds()).ToListAsync());
        Assert.Equal(0, await opened.FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds(4999)));
        Assert.Equal(1, await opened.FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds(5999)));
        Assert.Equal(2, await opened.FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds(6000)));
    }

    [Fact]
    public async Task Columns_that_a_file_lacks_are_null_whatever_their_type()
    {
        using var table = new HandTable();
        string[] added =
        [
            Field("n", "void"), Field("m", "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":{\"type\":\"map\",\"keyType\":\"integer\",\"valueType\":\"long\",\"valueContainsNull\":true},\"valueContainsNull\":true}"),
            Field("l", "{\"type\":\"array\",\"elementType\":{\"type\":\"struct\",\"fields\":[" + Field("a", "decimal(38,2)") + "]},\"containsNull\":true}"),
            Field("s", "{\"type\":\"struct\",\"fields\":[" + Field("a", "binary") + "," + Field("v", "void") + "]}"),
        ];
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id, map(['k'], [map([1], [2::bigint])]) as m, [{'a': 1.5::decimal(38,2)}] as l, {'a': '\\x01'::blob} as s")
            .Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet")).Entry(1, Metadata([Field("id", "integer"), .. added]), Add("b.parquet"));
        string[] rows = ["1|null|null|null|null", "2|null|{k: {1: 2}}|[(1.50)]|(01, null)"];

        Assert.Equal(rows, await RowsAsync(table));
        Assert.Equal(rows[1..], await FilteredAsync(table, "id > 1 or id < 0"));
    }

    [Fact]
    public async Task Files_without_rows_and_flags_without_sense_do_no_harm()
    {
        using var table = new HandTable();
        const string List = "{\"type\":\"array\",\"elementType\":\"integer\",\"containsNull\":\"maybe\"}";
        table.Parquet("a.parquet", "select [1, null] as l where false").Parquet("b.parquet", "select [2, null] as l")
            .Entry(0, Protocol(), Metadata([$"{{\"name\":\"l\",\"type\":{List},\"nullable\":null,\"metadata\":null}}"]), Add("a.parquet"), Add("b.parquet"));

        Assert.Equal(["[2, null]"], await RowsAsync(table));
        Assert.Equal(1, await (await new DeltaFolderCatalog().OpenAsync(table["."])).CountRowsAsync());
    }

    [Fact]
    public async Task Files_are_told_with_their_partitions_and_rows()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("columnMapping"), Metadata([Field("id", "integer", 1), Field("p", "string", 2)], ["p"], "delta.columnMapping.mode=name"),
            Add("x%20y.parquet", "{\"p2\":\"a\"}", "{\"numRecords\":3}"), Add("z.parquet", "{\"p2\":null}"));
        var opened = await new DeltaFolderCatalog().OpenAsync(table["."]);
        var files = await opened.GetFilesAsync().ToListAsync();

        Assert.Equal([("x y.parquet", 3L, "a"), ("z.parquet", null, null)], files.Select(f => (f.Path, f.Rows, f.PartitionValues["p"])));
    }

    [Theory]
    [InlineData("/data/a b/", "/data/a b")]
    [InlineData("/data/../data/x", "/data/x")]
    [InlineData("file:///data/a%20b", "/data/a b")]
    [InlineData("file:/data/x/", "/data/x")]
    public void A_table_has_one_id_however_its_path_is_written(string path, string name) => Assert.Equal(name, DeltaFolderCatalog.IdOf(path).Name);

    [Theory]
    [InlineData("", "is no Delta table: it has no _delta_log")]
    [InlineData("nothing", "There is no folder")]
    public async Task What_is_no_table_is_said_to_be_none(string folder, string reason)
    {
        using var empty = new TempFolder();
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await new DeltaFolderCatalog().OpenAsync(empty[folder]));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> FilteredAsync(HandTable table, string sql)
    {
        var catalog = new DeltaFolderCatalog();
        var opened = await catalog.OpenAsync(table["."]);
        var condition = SqlCondition.Parse(sql, (await opened.GetSnapshotAsync()).Schema);
        return await Rows.Of(catalog.Reader.ReadAsync(Flow.From(new TableSource(opened.Id)).Where(condition)));
    }

    private static async Task<List<string>> RowsAsync(HandTable table, TableScan? scan = null) =>
        await Rows.Of((await new DeltaFolderCatalog().OpenAsync(table["."])).ScanAsync(scan ?? new TableScan()));
}
