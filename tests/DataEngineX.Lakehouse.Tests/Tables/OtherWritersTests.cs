using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Tests.Delta;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Tables that other engines made are written too, as far as what they ask of writers is there.</summary>
public sealed class OtherWritersTests : IDisposable
{
    private const string Legacy = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":VERSION}}";

    private static readonly string[] Fields = [HandTable.Field("id", "long"), HandTable.Field("part", "string")];

    private readonly HandTable _hand = new();

    public void Dispose() => _hand.Dispose();

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "appendOnly,invariants")]
    [InlineData(4, "appendOnly,invariants,checkConstraints,changeDataFeed,generatedColumns")]
    [InlineData(6, "appendOnly,invariants,checkConstraints,changeDataFeed,generatedColumns,columnMapping,identityColumns")]
    public async Task A_pipeline_writes_a_table_without_metadata_domains_and_what_its_version_stood_for_is_written_out(int version, string features)
    {
        Begin(Legacy.Replace("VERSION", $"{version}", StringComparison.Ordinal), ["part"]);
        await WriteAsync(1, WriteDisposition.Append, (3, "b"));
        await WriteAsync(2, WriteDisposition.Upsert, (1, "b"), (4, "c d"));

        Assert.Equal(["1|b", "2|null", "3|b", "4|c d"], (await _hand.RowsAsync()).Order(StringComparer.Ordinal));
        var protocol = Actions(1).Select(a => a["protocol"]).OfType<JsonNode>().Single();
        Assert.Equal([.. features.Split(',', StringSplitOptions.RemoveEmptyEntries), "domainMetadata"], protocol["writerFeatures"]!.AsArray().Select(f => (string)f!));
        Assert.Equal((1, 7), ((int)protocol["minReaderVersion"]!, (int)protocol["minWriterVersion"]!));
        Assert.DoesNotContain(Actions(2), a => a["protocol"] is not null);
        Assert.Equal((await _hand.RowsAsync()).Order(StringComparer.Ordinal), OutsideReader.Query(_hand[""], "select id::varchar, part from TABLE order by 1"));
        Assert.Equal("1", (await (await _hand.TableAsync()).GetSnapshotAsync()).Records["p"].Cursor.Positions["in"]);
    }

    [Fact]
    public async Task Operations_leave_the_protocol_of_a_table_as_it_is()
    {
        Begin(Legacy.Replace("VERSION", "2", StringComparison.Ordinal), ["part"]);
        await (await _hand.TableAsync()).ApplyAsync(new DeleteRows(Col("part") == "a"));

        Assert.Equal(["2|null"], await _hand.RowsAsync());
        Assert.DoesNotContain(Actions(1), a => a["protocol"] is not null);
    }

    [Fact]
    public async Task Properties_that_another_writer_has_set_do_not_stand_in_the_way_of_ours()
    {
        _hand.Entry(0, Legacy.Replace("VERSION", "3", StringComparison.Ordinal), HandTable.Metadata(Fields, null, "delta.checkpointPolicy=classic", "delta.constraints.positive=id > 0"));
        var table = await _hand.TableAsync();
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true" }));

        var protocol = Actions(1).Select(a => a["protocol"]).OfType<JsonNode>().Single();
        Assert.Equal(["appendOnly", "invariants", "checkConstraints", "deletionVectors"], protocol["writerFeatures"]!.AsArray().Select(f => (string)f!));
        Assert.Equal(["deletionVectors"], protocol["readerFeatures"]!.AsArray().Select(f => (string)f!));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(1, WriteDisposition.Append, (0, "a")));
        Assert.Contains("'positive'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DataEngineXException>(async () => await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.checkpointPolicy"] = "v2" })));
    }

    [Fact]
    public async Task Partition_values_in_another_form_are_the_same_values()
    {
        _hand.Entry(
            0, Legacy.Replace("VERSION", "2", StringComparison.Ordinal),
            HandTable.Metadata([HandTable.Field("id", "long"), HandTable.Field("at", "timestamp"), HandTable.Field("price", "decimal(9,2)")], ["at", "price"]),
            HandTable.Add("f0", "{\"at\":\"2015-01-01 10:00:00\",\"price\":\"1.5\"}", "{\"numRecords\":1}"),
            HandTable.Add("f1", "{\"at\":\"2015-01-02 10:00:00\",\"price\":\"1.5\"}", "{\"numRecords\":1}"))
            .Parquet("f0", "select 1::bigint as id").Parquet("f1", "select 2::bigint as id");
        var table = await _hand.TableAsync();
        var schema = (await table.GetSnapshotAsync()).Schema;
        var price = new Decimal128Array.Builder((Decimal128Type)schema.FieldsList[2].DataType).Append(1.5m).Build();
        var at = new TimestampArray.Builder((TimestampType)schema.FieldsList[1].DataType).Append(new DateTimeOffset(2015, 1, 1, 10, 0, 0, TimeSpan.Zero)).Build();
        await WriteAsync(1, WriteDisposition.ReplacePartition, new RecordBatch(schema, [new Int64Array.Builder().Append(9).Build(), at, price], 1), "p", "at", "price");

        Assert.Equal(["2|2015-01-02 10:00:00.000000Z|1.50", "9|2015-01-01 10:00:00.000000Z|1.50"], (await _hand.RowsAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("icebergCompatV1", "the feature 'icebergCompatV1'")]
    [InlineData("icebergCompatV2", "the feature 'icebergCompatV2'")]
    [InlineData("somethingNew", "the feature 'somethingNew'")]
    public async Task A_feature_that_is_not_there_is_named(string feature, string says)
    {
        Begin($"{{\"protocol\":{{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"{feature}\"]}}}}", []);
        await RefusedAsync(says);
    }

    [Fact]
    public async Task Rules_that_are_not_there_are_named()
    {
        using var other = new HandTable();
        other.Entry(0, Legacy.Replace("VERSION", "4", StringComparison.Ordinal), HandTable.Metadata([Fields[0], Fields[1].Replace("\"metadata\":{", "\"metadata\":{\"delta.generationExpression\":\"id\"", StringComparison.Ordinal)]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await (await other.TableAsync()).ApplyAsync(new DeleteRows(Lit(true))));
        Assert.Contains("a rule on its column 'part' that is not there (delta.generationExpression)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A rule or a type that is not written is found in parts of columns too, before a byte is written.</summary>
    [Theory]
    [InlineData("{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"long\",\"nullable\":true,\"metadata\":{\"delta.invariants\":\"{}\"}}]}", "a rule on its column 's.a' that is not there (delta.invariants)")]
    [InlineData("{\"type\":\"array\",\"containsNull\":true,\"elementType\":{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"void\",\"nullable\":true,\"metadata\":{}}]}}", "the column 's.element.a' of type void")]
    [InlineData("variant", "the column 's' of type variant")]
    [InlineData("void", "the column 's' of type void")]
    public async Task Parts_of_columns_that_are_not_written_are_named(string type, string says)
    {
        _hand.Entry(0, HandTable.Protocol("variantType"), HandTable.Metadata([Fields[0], Fields[1], HandTable.Field("s", type)]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(1, WriteDisposition.Append, (3, "b")));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("it is only read", error.Message, StringComparison.Ordinal);
        Assert.Equal(["00000000000000000000.json"], Directory.GetFiles(_hand["."], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Features_that_a_table_lists_and_respects_are_no_hindrance_and_invariants_are_enforced()
    {
        var invariant = Fields[0].Replace("\"metadata\":{", "\"metadata\":{\"delta.invariants\":\"{\\\"expression\\\":{\\\"expression\\\":\\\"id > 0\\\"}}\"", StringComparison.Ordinal);
        _hand.Entry(
            0,
            HandTable.Info(1_000_000_000_000),
            "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"invariants\",\"inCommitTimestamp\",\"generatedColumns\",\"identityColumns\",\"clustering\",\"domainMetadata\"]}}",
            HandTable.Metadata([invariant, Fields[1]], null, "delta.enableInCommitTimestamps=true"));
        await WriteAsync(1, WriteDisposition.Append, (1, "a"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(2, WriteDisposition.Append, (0, "a")));

        Assert.Contains("the constraint 'of column id'", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a"], await _hand.RowsAsync());
        var info = Actions(1)[0]["commitInfo"]!;
        Assert.Equal((long)info["timestamp"]!, (long)info["inCommitTimestamp"]!);
        await WriteAsync(2, WriteDisposition.Append, (2, "a"));
        Assert.True((long)Actions(2)[0]["commitInfo"]!["inCommitTimestamp"]! > (long)info["inCommitTimestamp"]!);
    }

    /// <summary>Files have the names and numbers that the schema gives their columns, and so have statistics and partition values.</summary>
    [Theory]
    [InlineData("name")]
    [InlineData("id")]
    public async Task Rows_are_appended_to_mapped_columns_under_the_names_of_the_files(string mode)
    {
        Map(mode);
        await WriteAsync(1, WriteDisposition.Append, (3, "b"), (4, null!));

        var add = Actions(1).Select(a => a["add"]).OfType<JsonNode>().First(a => (string?)a["partitionValues"]!["col-p"] == "b");
        Assert.Equal(["col-p"], add["partitionValues"]!.AsObject().Select(v => v.Key));
        Assert.Equal(3, (int)JsonNode.Parse((string)add["stats"]!)!["minValues"]!["col-i"]!);
        var file = _hand[Uri.UnescapeDataString((string)add["path"]!)];
        Assert.Equal(["col-i|7"], OutsideReader.Run($"select name, field_id::varchar from parquet_schema('{file}') where num_children is null"));
        Assert.Equal(["1|a", "3|b", "4|null"], (await _hand.RowsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["3|b"], await _hand.RowsAsync(new TableScan { Predicate = Col("id") == 3L }));
        Assert.Equal(["3|b"], await _hand.RowsAsync(new TableScan { Predicate = Col("part") == "b" }));

        await WriteAsync(2, WriteDisposition.Replace, (9, "z"));
        Assert.Equal(["9|z"], await _hand.RowsAsync());
    }

    [Fact]
    public async Task A_mapped_table_is_read_from_the_checkpoint_that_follows_appends()
    {
        Map("name");
        for (var i = 1; i <= 11; i++)
            await WriteAsync(i, WriteDisposition.Append, (i + 100, "b"));
        foreach (var version in Enumerable.Range(0, 9))
            File.Delete(_hand[$"_delta_log/{version:D20}.json"]);
        var opened = await new DataEngineX.Lakehouse.Tables.DeltaFolderCatalog().OpenAsync(_hand["."]);

        Assert.True(File.Exists(_hand["_delta_log/00000000000000000010.checkpoint.parquet"]));
        Assert.Equal(12, (await Rows.Of(opened.ScanAsync(new TableScan()))).Count);
        Assert.Equal(["105|b"], await Rows.Of(opened.ScanAsync(new TableScan { Predicate = Col("id") == 105L })));
    }

    /// <summary>Numbers of rows follow those given before, whoever gave them, and none is given twice.</summary>
    [Fact]
    public async Task Files_added_to_a_table_that_numbers_its_rows_tell_their_first_number()
    {
        _hand.Entry(
            0,
            "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}", HandTable.Metadata(Fields, null, "delta.enableRowTracking=true"),
            "{\"domainMetadata\":{\"domain\":\"delta.rowTracking\",\"configuration\":\"{\\\"rowIdHighWaterMark\\\":41}\",\"removed\":false}}",
            HandTable.Add("f0.parquet", stats: "{\"numRecords\":1}")).Parquet("f0.parquet", "select 1::bigint as id");
        await WriteAsync(1, WriteDisposition.Append, (2, "a"), (3, "b"));
        await WriteAsync(2, WriteDisposition.Append);
        await WriteAsync(3, WriteDisposition.Replace, (4, "c"));

        Assert.Equal([(42, 1)], Numbers(1));
        Assert.Equal("{\"rowIdHighWaterMark\":43}", Domain(1));
        Assert.Null(Domain(2));
        Assert.Equal([(44, 3)], Numbers(3));
        Assert.Equal("{\"rowIdHighWaterMark\":44}", Domain(3));
        await ChangeRefusedAsync("'rowTracking'");
        Assert.Equal(["4|c"], await _hand.RowsAsync());
    }

    /// <summary>A commit that lost the race numbers its rows anew.</summary>
    [Fact]
    public async Task Writers_that_race_give_no_number_twice()
    {
        _hand.Entry(0, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}", HandTable.Metadata(Fields));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var i = 1; i <= 5; i++)
                await WriteAsync(i, WriteDisposition.Append, Batch([(i, "a"), (i, "b")]), $"p{writer}");
        }));

        var numbers = Enumerable.Range(1, 20).SelectMany(v => Numbers(v)).ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 2L * i), numbers.Select(n => n.First));
        Assert.Equal(Enumerable.Range(1, 20).Select(v => (long)v), numbers.Select(n => n.Version));
        Assert.Equal("{\"rowIdHighWaterMark\":39}", Domain(20));
    }

    private void Map(string mode) => _hand.Entry(
            0, "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}",
            HandTable.Metadata([HandTable.Field("id", "long", 7, "col-i"), HandTable.Field("part", "string", 8, "col-p")], ["part"], $"delta.columnMapping.mode={mode}"),
            HandTable.Add("f0.parquet", "{\"col-p\":\"a\"}", "{\"numRecords\":1}"))
        .Parquet("f0.parquet", "select 1::bigint as \"col-i\"", ", field_ids {'col-i': 7}");

    private async Task ChangeRefusedAsync(string says)
    {
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(99, WriteDisposition.Upsert, (3, "b")));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<DataEngineXException>(async () => await (await _hand.TableAsync()).ApplyAsync(new DeleteRows(Col("id") == 1L)));
        Assert.Contains("rows are appended to it or all replaced, and not changed", error.Message, StringComparison.Ordinal);
    }

    private List<(long First, long Version)> Numbers(long version) =>
        [.. Actions(version).Select(a => a["add"]).OfType<JsonNode>().Select(a => ((long)a["baseRowId"]!, (long)a["defaultRowCommitVersion"]!))];

    private string? Domain(long version) =>
        (string?)Actions(version).Select(a => a["domainMetadata"]).OfType<JsonNode>().SingleOrDefault(d => (string?)d["domain"] == "delta.rowTracking")?["configuration"];

    private void Begin(string protocol, string[] partitions) => _hand.Entry(
            0, protocol, HandTable.Metadata(Fields, partitions),
            HandTable.Add("part=a/f0.parquet", partitions.Length == 0 ? "{}" : "{\"part\":\"a\"}", "{\"numRecords\":1}"),
            HandTable.Add("f1.parquet", partitions.Length == 0 ? "{}" : "{\"part\":null}", "{\"numRecords\":1}"))
        .Parquet("part=a/f0.parquet", "select 1::bigint as id").Parquet("f1.parquet", "select 2::bigint as id");

    private async Task RefusedAsync(string says)
    {
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(1, WriteDisposition.Append, (3, "b")));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("only read", error.Message, StringComparison.Ordinal);
    }

    private JsonNode[] Actions(long version) =>
        [.. File.ReadAllLines(_hand[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"_delta_log/{version:D20}.json")]).Select(l => JsonNode.Parse(l)!)];

    private Task WriteAsync(long sequence, WriteDisposition disposition, params (long Id, string Part)[] rows)
    {
        return WriteAsync(sequence, disposition, Batch(rows), "p", "id");
    }

    private static RecordBatch Batch((long Id, string Part)[] rows)
    {
        var schema = new Schema([new Field("id", Int64Type.Default, true), new Field("part", StringType.Default, true)], null);
        return new RecordBatch(
            schema, [new Int64Array.Builder().AppendRange(rows.Select(r => r.Id)).Build(), new StringArray.Builder().AppendRange(rows.Select(r => r.Part)).Build()], rows.Length);
    }

    private async Task WriteAsync(long sequence, WriteDisposition disposition, RecordBatch batch, string pipeline, params string[] key)
    {
        var request = Request(sequence, disposition, batch.Schema, pipeline, key);
        await using var writer = await _hand.Catalog.OpenWriterAsync(request);
        await writer.TakeAsync(batch, CancellationToken.None);
        await writer.CommitAsync(request.Record, CancellationToken.None);
    }

    private TableWriteRequest Request(long sequence, WriteDisposition disposition, Schema schema, string pipeline = "p", params string[] key) => new()
    {
        Table = _hand.Id,
        Schema = schema,
        Disposition = disposition,
        Key = disposition is WriteDisposition.Append or WriteDisposition.Replace ? [] : key,
        Record = new CommitRecord
        {
            Pipeline = pipeline,
            Target = _hand.Id,
            RunId = $"run{sequence}{pipeline}",
            RunKey = $"key{sequence}",
            Sequence = sequence,
            FencingToken = 1,
            Cursor = new Cursor(new Dictionary<string, string> { ["in"] = $"{sequence - 1}" }),
            Timestamp = DateTimeOffset.UnixEpoch,
        },
    };
}
