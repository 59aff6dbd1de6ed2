using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tests.Tables;

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
}
