using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tests.Tables;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class OutsideReaderTests
{
    [Fact]
    public async Task Another_engine_reads_the_same_rows_after_appends_upserts_and_a_replacement()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        var sql = "select id::varchar, name, amount::varchar from TABLE order by id";
        await lake.AppendAsync(lake.Record(1), (1, "a", 1.5), (2, null, null));
        await lake.UpsertAsync(lake.Record(2), (2, "b", 2.5), (3, "c", 3.5));
        await lake.UpsertAsync(lake.Record(3), (3, "C", -3.5));

        Assert.Equal(["1|a|1.5", "2|b|2.5", "3|C|-3.5"], OutsideReader.Query(folder["silver/readings"], sql));
        Assert.Equal(await lake.RowsAsync(), OutsideReader.Query(folder["silver/readings"], sql));

        await lake.ReplaceAsync(lake.Record(4), (7, "z", 0.25));
        Assert.Equal(["7|z|0.25"], OutsideReader.Query(folder["silver/readings"], sql));
    }

    [Fact]
    public async Task Every_type_of_column_is_the_same_to_another_engine()
    {
        var schema = new Schema(
        [
            new Field("flag", BooleanType.Default, true),
            new Field("tiny", Int8Type.Default, true),
            new Field("small", Int16Type.Default, true),
            new Field("whole", Int32Type.Default, true),
            new Field("single", FloatType.Default, true),
            new Field("day", Date32Type.Default, true),
            new Field("moment", ArrowTypes.TimestampUtc, true),
            new Field("local", ArrowTypes.TimestampLocal, true),
            new Field("price", new Decimal128Type(12, 3), true),
            new Field("raw", BinaryType.Default, true),
        ], null);
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        var instant = new DateTimeOffset(2015, 6, 7, 8, 9, 10, TimeSpan.Zero).AddTicks(1_234_560);
        var batch = new RecordBatch(schema,
        [
            new BooleanArray.Builder().Append(true).AppendNull().Build(),
            new Int8Array.Builder().Append(-7).AppendNull().Build(),
            new Int16Array.Builder().Append(-700).AppendNull().Build(),
            new Int32Array.Builder().Append(70_000).AppendNull().Build(),
            new FloatArray.Builder().Append(0.5f).AppendNull().Build(),
            new Date32Array.Builder().Append(new DateOnly(2015, 6, 7)).AppendNull().Build(),
            new TimestampArray.Builder(ArrowTypes.TimestampUtc).Append(instant).AppendNull().Build(),
            new TimestampArray.Builder(ArrowTypes.TimestampLocal).Append(instant).AppendNull().Build(),
            new Decimal128Array.Builder(new Decimal128Type(12, 3)).Append(-1234.5m).AppendNull().Build(),
            new BinaryArray.Builder().Append([1, 255]).AppendNull().Build(),
        ], 2);
        await lake.WriteAsync(lake.Request(lake.Record(1), schema: schema), batch);

        Assert.Equal(
            ["true|-7|-700|70000|0.5|2015-06-07|2015-06-07 08:09:10.123456Z|2015-06-07 08:09:10.123456|-1234.500|01FF", string.Join('|', Enumerable.Repeat("null", 10))],
            await lake.RowsAsync());
        var outside = OutsideReader.Query(
            folder["silver/readings"],
            "select flag::varchar, tiny::varchar, small::varchar, whole::varchar, single::varchar, day::varchar, "
            + "strftime(moment at time zone 'UTC', '%Y-%m-%d %H:%M:%S.%fZ'), strftime(local, '%Y-%m-%d %H:%M:%S.%f'), price::varchar, hex(raw) from TABLE");
        Assert.Equal(await lake.RowsAsync(), outside);
        Assert.Equal(
            ["BOOLEAN|TINYINT|SMALLINT|INTEGER|FLOAT|DATE|TIMESTAMP WITH TIME ZONE|TIMESTAMP|DECIMAL(12,3)|BLOB"],
            OutsideReader.Query(folder["silver/readings"], $"select {string.Join(", ", schema.FieldsList.Select(f => $"typeof({f.Name})"))} from TABLE limit 1"));
        var protocol = (await File.ReadAllLinesAsync(folder["silver/readings/_delta_log/00000000000000000000.json"]))[1];
        Assert.Equal(
            "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"timestampNtz\"],\"writerFeatures\":[\"domainMetadata\",\"timestampNtz\"]}}",
            protocol);
        using var reopened = lake.Reopened();
        Assert.Equal(schema.FieldsList.Select(f => ArrowTypes.NameOf(f.DataType)), (await reopened.SnapshotAsync()).Schema.FieldsList.Select(f => ArrowTypes.NameOf(f.DataType)));
    }

    [Fact]
    public async Task Statistics_in_the_log_are_those_of_the_data()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        await lake.AppendAsync(lake.Record(1), (3, "b", 1.5), (1, null, -2), (2, "a", null));
        var line = (await File.ReadAllLinesAsync(folder["silver/readings/_delta_log/00000000000000000000.json"])).Last();
        using var add = System.Text.Json.JsonDocument.Parse(line);
        var stats = add.RootElement.GetProperty("add").GetProperty("stats").GetString();

        Assert.Equal(
            "{\"numRecords\":3,\"minValues\":{\"id\":1,\"name\":\"a\",\"amount\":-2},\"maxValues\":{\"id\":3,\"name\":\"b\",\"amount\":1.5},"
            + "\"nullCount\":{\"id\":0,\"name\":1,\"amount\":1}}",
            stats);
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(OutsideReader.Files(folder["silver/readings"]).Single()).Length}")],
            [add.RootElement.GetProperty("add").GetProperty("size").GetRawText()]);
    }

    [Fact]
    public async Task Deletion_vectors_of_every_form_and_change_files_are_the_same_to_another_engine()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        await lake.AppendAsync(lake.Record(1), [.. Enumerable.Range(0, 70_000).Select(i => ((long?)i, (string?)$"n{i % 7}", (double?)i))]);
        await lake.AppendAsync(lake.Record(2), (200_000, "few", 1), (200_001, null, 2));
        var table = await lake.TableAsync();
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true", ["delta.enableChangeDataFeed"] = "true" }));
        await SameAsync();

        var deleted = new List<long>();

        // Runs of rows, scattered ones, some here and there, and one in a small file.
        foreach (var where in new[] { Col("id") < 5_000L, Col("name") == "n3", Col("id").IsIn(65_535L, 65_536L, 69_999L), Col("id") == 200_001L })
        {
            deleted.Add((await table.ApplyAsync(new DeleteRows(where))).Deleted);
            await SameAsync();
        }

        await table.ApplyAsync(new UpdateRows(Col("id") >= 200_000L, [Lit("more").As("name")]));
        await SameAsync();
        Assert.Equal(
            ["200000|few|1.0|update_preimage", "200000|more|1.0|update_postimage"],
            OutsideReader.QueryChanges(folder["silver/readings"], 7, "select id::varchar, name, amount::varchar, _change_type from TABLE order by all"));
        Assert.Equal(
            [$"{deleted[1]}|delete"],
            OutsideReader.QueryChanges(folder["silver/readings"], 4, "select count(*)::varchar, min(_change_type) from TABLE"));

        await table.ApplyAsync(new CompactFiles());
        await SameAsync();
        await table.RestoreAsync(4);
        await SameAsync();

        async Task SameAsync()
        {
            var rows = await lake.RowsAsync();
            Assert.Equal(
                [$"{rows.Count}|{rows.Sum(r => long.Parse(r.Split('|')[0], CultureInfo.InvariantCulture))}|{rows.Count(r => r.Contains("|n5|", StringComparison.Ordinal))}"],
                OutsideReader.Query(folder["silver/readings"], "select count(*)::varchar, sum(id)::varchar, (count(*) filter (name = 'n5'))::varchar from TABLE"));
        }
    }

    [Fact]
    public async Task Evolved_tables_and_checkpoints_are_the_same_to_another_engine()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        var narrow = new Schema([new Field("id", Int32Type.Default, false), new Field("price", new Decimal128Type(5, 1), true)], null);
        await lake.WriteAsync(lake.Request(lake.Record(1), schema: narrow), new RecordBatch(
            narrow, [new Int32Array.Builder().Append(1).Build(), new Decimal128Array.Builder(new Decimal128Type(5, 1)).Append(-1.5m).Build()], 1));
        var wide = new Schema([new Field("id", Int64Type.Default, false), new Field("price", new Decimal128Type(12, 3), true), new Field("note", StringType.Default, true)], null);
        for (var i = 2; i < 14; i++)
        {
            var rows = new RecordBatch(
                wide,
                [new Int64Array.Builder().Append(i * 1_000_000_000L).Build(), new Decimal128Array.Builder(new Decimal128Type(12, 3)).Append(i + 0.125m).Build(), new StringArray.Builder().Append($"note {i}").Build()], 1);
            await lake.WriteAsync(lake.Request(lake.Record(i), schema: wide) with { Evolution = SchemaEvolution.AddColumns | SchemaEvolution.WidenTypes }, rows);
        }

        var expected = (await lake.RowsAsync()).Order(StringComparer.Ordinal).ToList();
        const string Sql = "select id::varchar, price::varchar, note from TABLE order by all";
        Assert.Equal(13, expected.Count);
        Assert.Contains("1|-1.500|null", expected);
        Assert.Equal(expected, OutsideReader.Query(folder["silver/readings"], Sql).Order(StringComparer.Ordinal));
        Assert.Equal(expected, OutsideReader.Query(folder["silver/readings"], Sql, fromCheckpoint: true).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_table_of_another_writer_that_we_have_changed_is_the_same_to_another_engine()
    {
        using var golden = new GoldenTable("parquet-decimal-type");
        var table = (await golden.Catalog.FindAsync(golden.Id))!;
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true" }));
        var deleted = await table.ApplyAsync(new DeleteRows(Col("col1") < 0.0m));
        var updated = await table.ApplyAsync(new UpdateRows(Col("id") < 100, [(Col("col3") + Col("col3")).Cast(new Decimal128Type(20, 5)).As("col3")]));

        Assert.True(deleted.Deleted > 1_000, $"{deleted.Deleted}");
        Assert.True(updated.Updated > 10, $"{updated.Updated}");
        var sums = (Rows: 0L, First: 0m, Second: 0m, Third: 0m);
        await foreach (var batch in table.ScanAsync(new TableScan()))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Length; i++)
                    sums = (sums.Rows + 1, sums.First + Value(batch, 1, i), sums.Second + Value(batch, 2, i), sums.Third + Value(batch, 3, i));
            }
        }

        Assert.Equal(99_998 - deleted.Deleted, sums.Rows);
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"{sums.Rows}|{sums.First}|{sums.Second}|{sums.Third}")],
            OutsideReader.Query(golden["."], "select count(*)::varchar, sum(col1)::varchar, sum(col2)::varchar, sum(col3)::varchar from TABLE"));

        static decimal Value(RecordBatch batch, int column, int row) => ((Decimal128Array)batch.Column(column)).GetValue(row)!.Value;
    }
}
