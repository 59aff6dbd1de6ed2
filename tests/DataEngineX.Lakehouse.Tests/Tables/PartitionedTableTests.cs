using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tests.Delta;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;
using Line = (long? Id, string? Name, double? Amount);

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Tables whose files are told apart by the values of some columns.</summary>
public class PartitionedTableTests
{
    private static readonly Gen<Line> AnyLine = Gen.Select(Gen.Long[0, 9], Gen.Int[0, 3], Gen.Int[0, 4])
        .Select(t => ((long?)t.Item1, t.Item2 == 0 ? null : $"n{t.Item2}", t.Item3 == 0 ? (double?)null : t.Item3));

    [Fact]
    public Task Any_writes_give_what_a_list_gives_whichever_partitions_rows_come_from_and_go_to() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 6], AnyLine.Array[0, 10].Array[6]).SampleAsync(
            async (kinds, batches) =>
            {
                using var lake = new Lake { PartitionColumns = ["name"] };
                var rows = new List<Line>();
                for (var i = 0; i < kinds.Length; i++)
                {
                    Line[] news = [.. batches[i].DistinctBy(r => r.Id)];
                    switch (kinds[i])
                    {
                        case 0:
                            await lake.AppendAsync(lake.Record(i), news);
                            rows.AddRange(news);
                            break;
                        case 1:
                            await lake.UpsertAsync(lake.Record(i), news);
                            rows = [.. rows.Where(r => news.All(n => n.Id != r.Id)), .. news];
                            break;
                        case 2:
                            await lake.ReplaceAsync(lake.Record(i), news);
                            rows = [.. news];
                            break;
                        case 3:
                            await lake.WriteAsync(lake.Request(lake.Record(i), WriteDisposition.ReplacePartition, null, "name"), lake.Batch(news));
                            rows = [.. rows.Where(r => news.All(n => n.Name != r.Name)), .. news];
                            break;
                        case 4:
                            await lake.WriteAsync(lake.Request(lake.Record(i), WriteDisposition.DeleteInsert), lake.Batch(news));
                            rows = [.. rows.Where(r => news.All(n => n.Id != r.Id)), .. news];
                            break;
                        default:
                            await lake.WriteAsync(
                                lake.Request(lake.Record(i), WriteDisposition.Replace) with { Where = Col("name") == "n1" },
                                lake.Batch([.. news.Select(n => n with { Name = "n1" })]));
                            rows = [.. rows.Where(r => r.Name != "n1"), .. news.Select(n => n with { Name = "n1" })];
                            break;
                    }

                    await SameAsync(lake, rows);
                }

                using var reopened = lake.Reopened();
                await SameAsync(reopened, rows);
            },
            iter: 60);

    public static TheoryData<string> Kinds => [.. Cases.Keys];

    /// <summary>Of each type some values with their texts in the log, a null at the end.</summary>
    private static readonly Dictionary<string, (IArrowArray Values, string?[] Texts)> Cases = new()
    {
        ["bool"] = (new BooleanArray.Builder().Append(true).Append(false).AppendNull().Build(), ["true", "false", null]),
        ["int8"] = (new Int8Array.Builder().Append(sbyte.MinValue).Append(7).AppendNull().Build(), ["-128", "7", null]),
        ["int16"] = (new Int16Array.Builder().Append(short.MaxValue).Append(-7).AppendNull().Build(), ["32767", "-7", null]),
        ["int32"] = (new Int32Array.Builder().Append(int.MinValue).Append(0).AppendNull().Build(), ["-2147483648", "0", null]),
        ["int64"] = (new Int64Array.Builder().Append(long.MaxValue).Append(1).AppendNull().Build(), ["9223372036854775807", "1", null]),
        ["float"] = (new FloatArray.Builder().Append(0.1f).Append(float.NegativeInfinity).AppendNull().Build(), ["0.1", "-Infinity", null]),
        ["double"] = (new DoubleArray.Builder().Append(1e300).Append(double.NaN).AppendNull().Build(), ["1E+300", "NaN", null]),
        ["date"] = (new Date32Array.Builder().Append(new DateOnly(1, 1, 1)).Append(new DateOnly(2015, 6, 7)).AppendNull().Build(), ["0001-01-01", "2015-06-07", null]),
        ["decimal"] = (Decimals("-12345678901234567890123456789012345.678", "0.100"), ["-12345678901234567890123456789012345.678", "0.100", null]),
        ["timestamp"] = (Times(ArrowTypes.TimestampUtc, 1_433_664_550_123_456, -1_000_000), ["2015-06-07T08:09:10.123456Z", "1969-12-31T23:59:59.000000Z", null]),
        ["local"] = (Times(ArrowTypes.TimestampLocal, 1_433_664_550_123_456, 0), ["2015-06-07 08:09:10.123456", "1970-01-01 00:00:00", null]),
        ["text"] = (
            new StringArray.Builder().Append("a b/c=d%e:'\"\\?*#[x]{y}\u0001\u0085").Append("..").Append("Zürich 東京 😀").Append(new string('ä', 300)).Append("+&@~").AppendNull().Build(),
            ["a b/c=d%e:'\"\\?*#[x]{y}\u0001\u0085", "..", "Zürich 東京 😀", new string('ä', 300), "+&@~", null]),
        ["binary"] = (
            new BinaryArray.Builder().Append([1, 2, 3]).Append([0xff, 0]).Append([.. "\\u0041"u8]).Append([.. "plain"u8]).AppendNull().Build(),
            ["\u0001\u0002\u0003", "\\u00ff\\u0000", "\\u005c\\u0075\\u0030\\u0030\\u0034\\u0031", "plain", null]),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Partition_values_of_every_type_come_back_and_stand_in_the_log_as_the_protocol_has_them(string kind)
    {
        var (values, texts) = Cases[kind];
        var schema = new Schema([new Field("id", Int64Type.Default, nullable: false), new Field("Part of: it", values.Data.DataType, nullable: true)], null);
        var ids = new Int64Array.Builder().AppendRange(Enumerable.Range(0, values.Length).Select(i => (long)i)).Build();
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path)) { PartitionColumns = ["Part of: it"] };
        var expected = Enumerable.Range(0, values.Length).Select(i => $"{i}|{Rows.Cell(values, i)}").ToList();
        await lake.WriteAsync(lake.Request(lake.Record(1), schema: schema), new RecordBatch(schema, [Copy(ids), Copy(values)], values.Length));

        Assert.Equal(expected, (await lake.RowsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["Part of: it"], (await lake.SnapshotAsync()).PartitionColumns);
        var adds = File.ReadAllLines(folder["silver/readings/_delta_log/00000000000000000000.json"]).Select(l => JsonNode.Parse(l)!["add"]).OfType<JsonNode>();
        Assert.Equal(texts, adds.OrderBy(FirstId).Select(a => (string?)a["partitionValues"]!["Part of: it"]));

        // The same rows once more: they replace what is there, partition by partition, from the log's own texts.
        await lake.WriteAsync(lake.Request(lake.Record(2), WriteDisposition.ReplacePartition, schema, "Part of: it"), new RecordBatch(schema, [Copy(ids), Copy(values)], values.Length));
        using var reopened = lake.Reopened();
        Assert.Equal(expected, (await reopened.RowsAsync()).Order(StringComparer.Ordinal));
        if (kind is not ("binary" or "float" or "double"))
            Assert.Equal(["0"], OutsideReader.Query(folder["silver/readings"], "select id::varchar from TABLE order by id limit 1"));
    }

    [Fact]
    public async Task Another_engine_reads_the_same_rows_after_writes_edits_vectors_and_a_checkpoint()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path)) { PartitionColumns = ["name"] };
        const string Sql = "select id::varchar, name, amount::varchar from TABLE order by all";
        await lake.AppendAsync(lake.Record(1), (1, "a b", 1.5), (2, null, null), (3, "x/y", 3.5), (4, "x/y", 4.5));
        await lake.UpsertAsync(lake.Record(2), (2, "a b", 2.5), (5, "", 5.5));
        Assert.Equal(["1|a b|1.5", "2|a b|2.5", "3|x/y|3.5", "4|x/y|4.5", "5|null|5.5"], OutsideReader.Query(folder["silver/readings"], Sql));

        var table = await lake.TableAsync();
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true", ["delta.enableChangeDataFeed"] = "true", ["delta.checkpointInterval"] = "3" }));
        await table.ApplyAsync(new DeleteRows(Col("id") == 3L));
        await table.ApplyAsync(new UpdateRows(Col("id") <= 2L, [Lit("x/y").As("name")]));
        Assert.Equal(["1|x/y|1.5", "2|x/y|2.5", "4|x/y|4.5", "5|null|5.5"], OutsideReader.Query(folder["silver/readings"], Sql));
        Assert.Equal(
            ["1|a b|update_preimage", "1|x/y|update_postimage", "2|a b|update_preimage", "2|x/y|update_postimage"],
            OutsideReader.QueryChanges(folder["silver/readings"], 4, "select id::varchar, name, _change_type from TABLE order by all"));

        for (var i = 3; i < 6; i++)
            await lake.AppendAsync(lake.Record(i), (10 + i, "late", i + 0.5));
        var expected = OutsideReader.Query(folder["silver/readings"], Sql);
        Assert.Equal(7, expected.Count);
        Assert.Equal(expected, OutsideReader.Query(folder["silver/readings"], Sql, fromCheckpoint: true));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await lake.RowsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_partitions_get_one_file_each_in_folders_of_their_values_however_their_rows_lie()
    {
        var scratch = Directory.CreateTempSubdirectory("dex-partitions").FullName;
        using var lake = new Lake(options: new EngineOptions { ScratchFolder = scratch, MemoryBudgetBytes = 8 << 20 }) { PartitionColumns = ["name"] };
        Line[] rows = [.. Enumerable.Range(0, 40_000).Select(i => ((long?)i, (string?)$"p{i * 7 % 100:D2}", (double?)i))];
        await lake.WriteAsync(lake.Request(lake.Record(1)), [.. rows.Chunk(5_000).Select(c => lake.Batch(c))]);

        var files = (await lake.KeysAsync()).Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).ToList();
        Assert.Equal(100, files.Count);
        Assert.Equal(100, files.Select(f => Path.GetFileName(Path.GetDirectoryName(f))).Distinct().Count(n => n!.StartsWith("name=p", StringComparison.Ordinal)));
        await SameAsync(lake, rows);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch));
        Directory.Delete(scratch);

        // Statistics tell of all columns but those that the folder tells, and rows keep their order in a partition.
        var ordered = await lake.RowsAsync(new TableScan { Predicate = Col("name") == "p07" });
        Assert.Equal(ordered.OrderBy(r => long.Parse(r.Split('|')[0], System.Globalization.CultureInfo.InvariantCulture)), ordered);
    }

    [Fact]
    public async Task Whole_partitions_are_replaced_and_deleted_without_a_look_at_a_data_file()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store) { PartitionColumns = ["name"] };
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2), (3, null, 3), (4, "c", 4));
        store.Opened.Clear();

        var replaced = await lake.WriteAsync(lake.Request(lake.Record(2), WriteDisposition.ReplacePartition, null, "name"), lake.Batch((7, "a", 7), (8, null, 8)));
        var deleted = await (await lake.TableAsync()).ApplyAsync(new DeleteRows(Col("name").Upper() == "B"));
        var where = await lake.WriteAsync(lake.Request(lake.Record(3), WriteDisposition.Replace) with { Where = Col("name") == "c" }, lake.Batch((9, "c", 9)));

        Assert.Equal((2, 2, 1, 1), (replaced.Deleted, replaced.Inserted, deleted.Deleted, where.Deleted));
        Assert.DoesNotContain(store.Opened, k => k.EndsWith(".parquet", StringComparison.Ordinal));
        await SameAsync(lake, [(7, "a", 7), (8, null, 8), (9, "c", 9)]);
    }

    [Theory]
    [InlineData("b", true)]
    [InlineData("a", false)]
    public async Task Commits_to_other_partitions_are_followed_and_to_the_same_are_not(string theirs, bool follows)
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store) { PartitionColumns = ["name"] };
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2), (3, "c", 3));
        store.BeforePutIfAbsent = _ => other.WriteAsync(
            other.Request(other.Record(1, pipeline: "q"), WriteDisposition.ReplacePartition, null, "name"), other.Batch((20, theirs, 20)));
        var mine = lake.WriteAsync(lake.Request(lake.Record(2), WriteDisposition.ReplacePartition, null, "name"), lake.Batch((10, "a", 10), (30, "c", 30)));
        if (follows)
            await mine;
        else
            await Assert.ThrowsAsync<CommitConflictException>(() => mine);

        await SameAsync(lake, follows ? [(10, "a", 10), (20, "b", 20), (30, "c", 30)] : [(20, "a", 20), (2, "b", 2), (3, "c", 3)]);
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(2, pipeline: "q"), (21, theirs, 21));
        var delete = (await lake.TableAsync()).ApplyAsync(new DeleteRows(Col("name").Upper() == "A")).AsTask();
        if (follows)
            await delete;
        else
            await Assert.ThrowsAsync<CommitConflictException>(() => delete);
    }

    [Fact]
    public async Task An_empty_text_is_null_from_the_start_and_refused_where_null_is()
    {
        using var lake = new Lake { PartitionColumns = ["name"] };
        await lake.WriteAsync(lake.Request(lake.Record(1), WriteDisposition.ReplacePartition, null, "name"), lake.Batch((1, "", 1), (2, null, 2), (3, "a", 3)));
        await lake.WriteAsync(lake.Request(lake.Record(2), WriteDisposition.ReplacePartition, null, "name"), lake.Batch((4, "", 4)));
        await SameAsync(lake, [(3, "a", 3), (4, null, 4)]);
        await (await lake.TableAsync()).ApplyAsync(new UpdateRows(Col("id") == 3L, [Lit("").As("name")]));
        await SameAsync(lake, [(3, null, 3), (4, null, 4)]);

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(lake.Request(lake.Record(3), WriteDisposition.Upsert, null, "name"), lake.Batch((5, "", 5))));
        Assert.Contains("key column 'name' may not be null", error.Message, StringComparison.Ordinal);

        var schema = new Schema([new Field("id", Int64Type.Default, nullable: false), new Field("name", StringType.Default, nullable: false), new Field("amount", DoubleType.Default, true)], null);
        using var strict = new Lake { PartitionColumns = ["name"] };
        error = await Assert.ThrowsAsync<DataEngineXException>(() => strict.WriteAsync(strict.Request(strict.Record(1), schema: schema), strict.Batch((5, "", 5))));
        Assert.Contains("column 'name' may not be null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_keeps_its_partitions_and_columns_that_cannot_tell_any_are_refused()
    {
        using var lake = new Lake { PartitionColumns = ["name"] };
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.WriteAsync(lake.Request(lake.Record(2)) with { PartitionColumns = [] }, lake.Batch((2, "b", 2)));
        Assert.Equal(["name"], (await lake.SnapshotAsync()).PartitionColumns);
        Assert.Equal(2, (await lake.KeysAsync()).Count(k => k.Contains("/name=", StringComparison.Ordinal)));
        await RefusedAsync(lake, ["amount"], "partitioned by name, but the write asks for it to be partitioned by amount");

        using var other = new Lake();
        await RefusedAsync(other, ["nothing"], "no column 'nothing' to be partitioned by");
        await RefusedAsync(other, ["name", "name"], "'name' twice");
        await RefusedAsync(other, ["id", "name", "amount"], "by all of its columns");
        await other.AppendAsync(other.Record(1), (1, "a", 1));
        await RefusedAsync(other, ["name"], "is not partitioned, but");

        static async Task RefusedAsync(Lake lake, string[] columns, string says)
        {
            var error = await Assert.ThrowsAsync<PlanException>(async () => await lake.Catalog.OpenWriterAsync(lake.Request(lake.Record(9)) with { PartitionColumns = columns }));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_writer_that_began_before_the_table_was_partitioned_by_another_gives_up()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = new Lake(store) { PartitionColumns = ["name"] };
        store.BeforePutIfAbsent = _ => other.AppendAsync(other.Record(1, pipeline: "q"), (1, "a", 1));

        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.AppendAsync(lake.Record(1), (2, "b", 2)));

        Assert.Contains("the table has them by (name) now", error.Message, StringComparison.Ordinal);
        await SameAsync(lake, [(1, "a", 1)]);
    }

    [Fact]
    public async Task Files_are_put_together_within_their_partition()
    {
        using var lake = new Lake { PartitionColumns = ["name"] };
        for (var i = 0; i < 4; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", i), (10 + i, "b", i), (20 + i, null, i));
        await (await lake.TableAsync()).ApplyAsync(new CompactFiles());

        Assert.Equal(3, (await lake.SnapshotAsync()).FileCount);
        await SameAsync(lake, Enumerable.Range(0, 4).SelectMany(i => new Line[] { (i, "a", i), (10 + i, "b", i), (20 + i, null, i) }));
    }

    private static async Task SameAsync(Lake lake, IEnumerable<Line> expected) =>
        Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), (await lake.RowsAsync()).Order(StringComparer.Ordinal));

    private static string Text(Line row) =>
        $"{row.Id}|{row.Name ?? "null"}|{row.Amount?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "null"}";

    private static long FirstId(JsonNode add) => (long)JsonNode.Parse((string)add["stats"]!)!["minValues"]!["id"]!;

    private static IArrowArray Copy(IArrowArray values) => ArrowArrayFactory.BuildArray(values.Data.Retain());

    private static TimestampArray Times(TimestampType type, params long[] micros)
    {
        var values = new Int64Array.Builder().AppendRange(micros).AppendNull().Build();
        return new TimestampArray(new ArrayData(type, values.Length, values.NullCount, 0, values.Data.Buffers));
    }

    private static Decimal128Array Decimals(params string[] texts)
    {
        var builder = new Decimal128Array.Builder(new Decimal128Type(38, 3));
        foreach (var text in texts)
            builder.Append(text);
        return builder.AppendNull().Build();
    }
}
