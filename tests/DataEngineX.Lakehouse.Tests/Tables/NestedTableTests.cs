using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Lakehouse.Tests.Delta;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Lists, maps and structs in tables of ours.</summary>
public sealed class NestedTableTests : IDisposable
{
    private static readonly StructType Point = new([new Field("x", Int32Type.Default, nullable: false), new Field("y", StringType.Default, nullable: true)]);

    private static readonly Schema Columns = new(
    [
        new Field("id", Int64Type.Default, nullable: false),
        new Field("point", Point, nullable: true),
        new Field("tags", new ListType(new Field("item", StringType.Default, nullable: true)), nullable: true),
        new Field("notes", new MapType(new Field("key", StringType.Default, nullable: false), new Field("value", new ListType(new Field("item", Int64Type.Default, nullable: true)), nullable: true)), nullable: true),
    ], null);

    private readonly TempFolder _folder = new();
    private readonly DatasetId _id = DatasetId.Table(Layer.Bronze, "nested");
    private readonly DeltaTableCatalog _catalog;

    public NestedTableTests() => _catalog = new DeltaTableCatalog(new LocalObjectStore(_folder.Path), TimeProvider.System, NoFailpoints.Instance);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_written_changed_and_read_by_others(bool vectors)
    {
        await WriteAsync(1, WriteDisposition.Append, Batch((1, 10, ["a", null]), (2, null, []), (3, 30, null)));
        var table = (await _catalog.FindAsync(_id))!;
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = vectors ? "true" : "false", ["delta.enableChangeDataFeed"] = "true" }));
        await table.ApplyAsync(new DeleteRows(Col("point").Field("x") == 10));
        await WriteAsync(2, WriteDisposition.Upsert, Batch((2, 22, ["b"]), (4, 40, ["c", "d"])));
        await table.ApplyAsync(new UpdateRows(Col("id") == 3L, [Col("point").As("point"), Lit(33L).As("id")]));
        await table.ApplyAsync(new CompactFiles());

        string[] expected = ["2|(22, y22)|[b]|{k2: [22, null]}", "33|(30, y30)|null|null", "4|(40, y40)|[c, d]|{k4: [40, null]}"];
        Assert.Equal(expected, (await Rows.Of(table.ScanAsync(new TableScan()))).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["2|22|y22|[b]|[22, NULL]", "4|40|y40|[c, d]|[40, NULL]", "33|30|y30|null|null"],
            OutsideReader.Query(_folder["bronze/nested"], "select id::varchar, point.x::varchar, point.y, tags::varchar, notes['k' || id]::varchar from TABLE order by id"));
        Assert.Equal(
            ["33|(30, y30)|null|null|update_postimage", "3|(30, y30)|null|null|update_preimage"],
            await Rows.Of(table.ReadChangesAsync(new TableChanges { From = 4, To = 4, Columns = ["id", "point", "tags", "notes"] })).ContinueWith(r => r.Result.Select(x => string.Join('|', x.Split('|').Take(5))).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_log_tells_types_and_what_fields_of_structs_hold()
    {
        await WriteAsync(1, WriteDisposition.Append, Batch((1, 10, ["a"]), (2, null, null)));
        var actions = File.ReadAllLines(_folder["bronze/nested/_delta_log/00000000000000000000.json"]).Select(l => JsonNode.Parse(l)!).ToList();
        var schema = JsonNode.Parse((string)actions.Single(a => a["metaData"] is not null)["metaData"]!["schemaString"]!)!;

        Assert.Equal(
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"x\",\"type\":\"integer\",\"nullable\":false,\"metadata\":{}},{\"name\":\"y\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}",
            schema["fields"]![1]!["type"]!.ToJsonString());
        Assert.Equal("{\"type\":\"array\",\"elementType\":\"string\",\"containsNull\":true}", schema["fields"]![2]!["type"]!.ToJsonString());
        Assert.Equal(
            "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":{\"type\":\"array\",\"elementType\":\"long\",\"containsNull\":true},\"valueContainsNull\":true}",
            schema["fields"]![3]!["type"]!.ToJsonString());
        var stats = JsonNode.Parse((string)actions.Single(a => a["add"] is not null)["add"]!["stats"]!)!;
        Assert.Equal("{\"numRecords\":2,\"minValues\":{\"id\":1,\"point\":{\"x\":10,\"y\":\"y10\"}},\"maxValues\":{\"id\":2,\"point\":{\"x\":10,\"y\":\"y10\"}},\"nullCount\":{\"id\":0,\"point\":{\"x\":1,\"y\":1}}}", stats.ToJsonString());
        var read = (await _catalog.FindAsync(_id))!;
        Assert.Equal(1, (await read.SelectFilesAsync(new TableScan { Predicate = Col("point").Field("x") == 10 }))!.Read);
        Assert.Equal(0, (await read.SelectFilesAsync(new TableScan { Predicate = Col("point").Field("x") == 11 }))!.Read);
    }

    /// <summary>What a part of a column forbids is asked of the rows that are written.</summary>
    [Fact]
    public async Task A_null_where_a_part_forbids_it_is_refused_and_nothing_is_left()
    {
        var point = new StructArray(Point, 1, [new Int32Array.Builder().AppendNull().Build(), new StringArray.Builder().Append("y").Build()], ArrowBuffer.Empty);
        var rows = Batch((1, 1, null));
        var error = await Assert.ThrowsAnyAsync<DataEngineXException>(
            () => WriteAsync(1, WriteDisposition.Append, new RecordBatch(Columns, [rows.Column(0), point, rows.Column(2), rows.Column(3)], 1)));

        Assert.Contains("'x' is declared not to be null", error.Message, StringComparison.Ordinal);
        Assert.Null(await _catalog.FindAsync(_id));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_part_that_tables_do_not_have_is_named()
    {
        var schema = new Schema([Columns.FieldsList[0], new Field("at", new ListType(new Field("item", new Time64Type(TimeUnit.Microsecond), true)), true)], null);
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await _catalog.OpenWriterAsync(Request(1, WriteDisposition.Append, schema)));

        Assert.Contains("Column 'at' of type list<time64[us]> cannot be kept in a table, because of its part of type time64[us]", error.Message, StringComparison.Ordinal);
    }

    private static RecordBatch Batch(params (long Id, int? X, string?[]? Tags)[] rows)
    {
        var (ids, xs, ys, valid) = (new Int64Array.Builder(), new Int32Array.Builder(), new StringArray.Builder(), new ArrowBuffer.BitmapBuilder());
        var (tags, notes) = (new ListArray.Builder(StringType.Default), new MapArray.Builder((MapType)Columns.FieldsList[3].DataType));
        var (keys, lists) = ((StringArray.Builder)notes.KeyBuilder, (ListArray.Builder)notes.ValueBuilder);
        foreach (var (id, x, names) in rows)
        {
            ids.Append(id);
            xs.Append(x ?? 0);
            ys.Append($"y{x}");
            valid.Append(x is not null);
            if (names is null)
            {
                tags.AppendNull();
                notes.AppendNull();
                continue;
            }

            tags.Append();
            foreach (var name in names)
                ((StringArray.Builder)tags.ValueBuilder).Append(name);
            notes.Append();
            keys.Append($"k{id}");
            lists.Append();
            ((Int64Array.Builder)lists.ValueBuilder).Append(x).AppendNull();
        }

        var point = new StructArray(Point, rows.Length, [xs.Build(), ys.Build()], valid.Build(), rows.Count(r => r.X is null));
        return new RecordBatch(Columns, [ids.Build(), point, tags.Build(), notes.Build()], rows.Length);
    }

    private async Task WriteAsync(long sequence, WriteDisposition disposition, RecordBatch batch)
    {
        var request = Request(sequence, disposition, batch.Schema);
        await using var writer = await _catalog.OpenWriterAsync(request);
        await writer.TakeAsync(batch, CancellationToken.None);
        await writer.CommitAsync(request.Record, CancellationToken.None);
    }

    private TableWriteRequest Request(long sequence, WriteDisposition disposition, Schema schema) => new()
    {
        Table = _id,
        Schema = schema,
        Disposition = disposition,
        Key = disposition == WriteDisposition.Append ? [] : ["id"],
        Record = new CommitRecord
        {
            Pipeline = "p",
            Target = _id,
            RunId = $"run{sequence}",
            RunKey = $"key{sequence}",
            Sequence = sequence,
            FencingToken = 1,
            Cursor = Cursor.Empty,
            Timestamp = DateTimeOffset.UnixEpoch,
        },
    };
}
