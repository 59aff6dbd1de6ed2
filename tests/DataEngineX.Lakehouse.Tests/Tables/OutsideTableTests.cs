using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Lakehouse.Tests.Delta;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;
using Line = (long Id, string? Part, int? A);

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Rows of tables that other engines made are changed by the rules of those: files, statistics and partitions under other names, numbers of rows kept.</summary>
public sealed class OutsideTableTests
{
    private static readonly Gen<Line> AnyLine = Gen.Select(Gen.Long[0, 9], Gen.Int[0, 3], Gen.Int[0, 3])
        .Select(t => (t.Item1, t.Item2 == 0 ? null : $"p{t.Item2}", t.Item3 == 0 ? (int?)null : t.Item3));

    /// <summary>
    /// Any changes give the rows that a dictionary gives, to us and to a reader of others. A row keeps its number whatever happens to it and its version until
    /// it is changed, a new row gets a number that no row had, and the log tells that it is so.
    /// </summary>
    [Theory]
    [InlineData("name", false, false)]
    [InlineData("name", true, true)]
    [InlineData("id", true, false)]
    [InlineData("id", false, true)]
    public Task Any_changes_keep_names_and_numbers(string mode, bool partitioned, bool vectors) =>
        Gen.Select(Gen.Int[0, 5].Array[2, 5], AnyLine.Array[0, 5].Array[5], Gen.Long[0, 9].Array[5]).SampleAsync(
            async (kinds, lines, ids) =>
            {
                using var table = new OutsideTable(mode, partitioned, vectors);
                var rows = Enumerable.Range(0, 3).ToDictionary(i => (long)i, i => ((string?)"x", (int?)i));
                var before = table.Numbers();
                for (var i = 0; i < kinds.Length; i++)
                {
                    var batch = lines[i].DistinctBy(l => l.Id).ToArray();
                    var version = await table.Hand.TableAsync() is var t ? (await t.GetSnapshotAsync()).Version : 0;
                    await ChangeAsync(table, rows, kinds[i], i + 1, batch, ids[i]);
                    var text = rows.Select(r => $"{r.Key}|{r.Value.Item1 ?? "null"}|({(r.Value.Item2 is { } a ? $"{a}, b{a}" : "null, null")})").Order(StringComparer.Ordinal);
                    Assert.Equal(text, await table.RowsAsync());
                    Assert.Equal(text, table.Outside());
                    before = CheckNumbers(table, before, version);
                }
            },
            iter: 3);

    /// <summary>The columns of data files are numbered and named as the schema says, those of rows' numbers are not in it, and the log counts none of them.</summary>
    [Fact]
    public async Task Files_statistics_partitions_and_change_files_have_the_names_of_the_files()
    {
        using var table = new OutsideTable(partitioned: true);
        await table.WriteAsync(1, WriteDisposition.Append, OutsideTable.Batch((5, "y", 5), (6, "y", null)));
        await table.ApplyAsync(new UpdateRows(Col("id") == 5L, [Lit("z").As("part")]));

        var adds = table.Actions(2).Select(a => a["add"]).OfType<JsonNode>().ToList();
        Assert.Equal(["y", "z"], adds.Select(a => (string)a["partitionValues"]!["col-p"]!).Order(StringComparer.Ordinal));
        var updated = adds.Single(a => (string?)a["partitionValues"]!["col-p"] == "z");
        var stats = JsonNode.Parse((string)updated["stats"]!)!;
        Assert.Equal(["col-i", "col-s"], stats["nullCount"]!.AsObject().Select(c => c.Key));
        Assert.Equal(5, (int)stats["minValues"]!["col-s"]!["col-a"]!);
        Assert.Equal("b5", (string)stats["maxValues"]!["col-s"]!["col-b"]!);
        Assert.Equal(0, (int)stats["nullCount"]!["col-s"]!["col-b"]!);
        var file = table.Hand[Uri.UnescapeDataString((string)updated["path"]!)];
        Assert.Equal(
            ["col-i|7", "col-s|9", "col-a|10", "col-b|11", $"{OutsideTable.Number}|null", $"{OutsideTable.Version}|null"],
            OutsideReader.Run($"select name, field_id::varchar from parquet_schema('{file}') offset 1"));
        Assert.Equal(
            ["5|y|update_preimage", "5|z|update_postimage"],
            OutsideReader.QueryChanges(table.Hand[""], 2, "select id::varchar, part, _change_type from TABLE order by 2"));
        Assert.Equal(["5|z|(5, b5)"], await table.Hand.RowsAsync(new TableScan { Predicate = Col("pair").Field("a") == 5 }));
        var removed = table.Actions(2).Select(a => a["remove"]).OfType<JsonNode>().Single();
        Assert.Equal((3L, 1L), ((long)removed["baseRowId"]!, (long)removed["defaultRowCommitVersion"]!));
        var tags = table.Actions(2)[0]["commitInfo"]!["tags"]!;
        Assert.Equal("true", (string?)tags["delta.rowTracking.preserved"]);
    }

    /// <summary>New columns get names that no version had and the next numbers, also the fields of structs; others keep theirs.</summary>
    [Theory]
    [InlineData("name")]
    [InlineData("id")]
    public async Task Columns_are_added_and_widened_under_new_names_and_numbers(string mode)
    {
        using var table = new OutsideTable(mode);
        var more = new StructType([new Field("x", Int64Type.Default, nullable: true)]);
        var schema = new Schema([.. OutsideTable.Schema.FieldsList, new Field("more", more, nullable: true), new Field("last", StringType.Default, nullable: true)], null);
        var rows = OutsideTable.Batch((1, "y", 7), (9, "z", 9));
        var nested = new StructArray(more, 2, [new Int64Array.Builder().Append(1).Append(2).Build()], ArrowBuffer.Empty);
        var batch = new RecordBatch(schema, [.. rows.Arrays, nested, new StringArray.Builder().Append("l").Append("m").Build()], 2);
        await table.WriteAsync(1, WriteDisposition.Upsert, batch, SchemaEvolution.AddColumns);

        Assert.Equal(["0|x|(0, b0)|null|null", "1|y|(7, b7)|(1)|l", "2|x|(2, b2)|null|null", "9|z|(9, b9)|(2)|m"], await table.RowsAsync());
        var metadata = table.Actions(1).Select(a => a["metaData"]).OfType<JsonNode>().Single();
        var fields = JsonNode.Parse((string)metadata["schemaString"]!)!["fields"]!.AsArray();
        Assert.Equal("23", (string?)metadata["configuration"]!["delta.columnMapping.maxColumnId"]);
        Assert.Equal([7, 8, 9, 21, 23], fields.Select(f => (int)f!["metadata"]!["delta.columnMapping.id"]!));
        Assert.Equal(22, (int)fields[3]!["type"]!["fields"]![0]!["metadata"]!["delta.columnMapping.id"]!);
        Assert.All(fields.Skip(3), f => Assert.StartsWith("col-", (string)f!["metadata"]!["delta.columnMapping.physicalName"]!, StringComparison.Ordinal));
        Assert.Equal(["0|null", "1|l", "2|null", "9|m"], OutsideReader.Query(table.Hand[""], "select id::varchar, last from TABLE order by id"));
        Assert.Equal((1L, 1L), (table.Numbers()[1].Number, table.Numbers()[1].Version));
    }

    /// <summary>A key is looked for under the name that the statistics have, also where another column is called so.</summary>
    [Fact]
    public async Task Files_are_skipped_under_the_names_that_statistics_have()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1::bigint as x, 100::bigint as y")
            .Entry(0, "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}",
                HandTable.Metadata([HandTable.Field("y", "long", 1, "x"), HandTable.Field("x", "long", 2, "y")], null, "delta.columnMapping.mode=name"),
                HandTable.Add("a.parquet", stats: "{\"numRecords\":1,\"minValues\":{\"x\":1,\"y\":100},\"maxValues\":{\"x\":1,\"y\":100}}"));
        var source = Flow.From(new RowsSource<Swapped>("news", [new Swapped(1, 7)])).Node;
        await (await table.TableAsync()).ApplyAsync(new MergeRows(source, ["y"], [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]));

        Assert.Equal(["1|7"], await table.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compaction_keeps_numbers_versions_and_names(bool vectors)
    {
        using var table = new OutsideTable("id", vectors: vectors);
        await table.WriteAsync(1, WriteDisposition.Append, OutsideTable.Batch((5, "y", 5)));
        await table.WriteAsync(2, WriteDisposition.Append, OutsideTable.Batch((6, "y", 6)));
        await table.ApplyAsync(new UpdateRows(Col("id") == 1L, [Lit("u").As("part")]));
        await table.ApplyAsync(new DeleteRows(Col("id") == 2L));
        var before = table.Numbers();
        await table.ApplyAsync(new CompactFiles());

        Assert.Equal(1, (await (await table.Hand.TableAsync()).GetSnapshotAsync()).FileCount);
        Assert.Equal(before, table.Numbers());
        Assert.Equal([(0L, 0L), (1L, 3L), (3L, 1L), (4L, 2L)], before.Values.Select(v => (v.Number, v.Version)).Order());
        Assert.Equal(table.Outside(), await table.RowsAsync());
        Assert.All(table.Actions(5).Select(a => a["add"] ?? a["remove"]).OfType<JsonNode>(), a => Assert.False((bool)a["dataChange"]!));
    }

    /// <summary>Rows come back under their numbers; numbers given since are not given again, nor are those of columns.</summary>
    [Fact]
    public async Task Restore_brings_numbers_back_and_gives_none_again()
    {
        using var table = new OutsideTable();
        var before = table.Numbers();
        var schema = new Schema([.. OutsideTable.Schema.FieldsList, new Field("last", StringType.Default, nullable: true)], null);
        RecordBatch More(long id) => new(schema, [.. OutsideTable.Batch((id, "y", 5)).Arrays, new StringArray.Builder().Append("l").Build()], 1);
        await table.WriteAsync(1, WriteDisposition.Append, More(5), SchemaEvolution.AddColumns);
        await table.ApplyAsync(new DeleteRows(Col("id") == 1L));
        await (await table.Hand.TableAsync()).RestoreAsync(0);

        Assert.Equal(before, table.Numbers());
        Assert.Equal(table.Outside(), await table.RowsAsync());
        await table.WriteAsync(3, WriteDisposition.Append, More(8), SchemaEvolution.AddColumns);
        Assert.True(table.Numbers()[8].Number > 3, $"{table.Numbers()[8].Number} was given before.");
        var metadata = table.Actions(4).Select(a => a["metaData"]).OfType<JsonNode>().Single();
        Assert.Equal("22", (string?)metadata["configuration"]!["delta.columnMapping.maxColumnId"]);
        Assert.Equal(["0|x|(0, b0)|null", "1|x|(1, b1)|null", "2|x|(2, b2)|null", "8|y|(5, b5)|l"], await table.RowsAsync());
    }

    /// <summary>A checkpoint keeps what the log says of numbers, also of files that are gone.</summary>
    [Fact]
    public async Task Numbers_come_through_a_checkpoint()
    {
        using var table = new OutsideTable();
        for (var i = 1; i <= 10; i++)
            await table.WriteAsync(i, WriteDisposition.Upsert, OutsideTable.Batch((i % 4, "y", i)));
        var checkpoint = table.Hand["_delta_log/00000000000000000010.checkpoint.parquet"];
        var before = table.Numbers();
        Assert.True(File.Exists(checkpoint));
        Assert.Equal(["0"], OutsideReader.Run($"select count(*)::varchar from '{checkpoint}' where (remove is not null and remove.baseRowId is null) or (add is not null and add.baseRowId is null)"));
        using var reopened = new HandTable();
        var fresh = new DataEngineX.Lakehouse.Tables.DeltaTableCatalog(table.Hand.Store, TimeProvider.System, NoFailpoints.Instance);
        await (await fresh.FindAsync(table.Hand.Id))!.ApplyAsync(new CompactFiles());

        Assert.Equal(before, table.Numbers());
    }

    [Fact]
    public async Task Numbers_are_not_kept_while_the_table_does_not_ask_for_it_and_the_log_tells_so()
    {
        using var table = new HandTable();
        table.Entry(
                0, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}", HandTable.Metadata([HandTable.Field("id", "long")]),
                HandTable.Add("f0.parquet", stats: "{\"numRecords\":2}"))
            .Parquet("f0.parquet", "select i::bigint as id from range(2) t(i)");
        await (await table.TableAsync()).ApplyAsync(new DeleteRows(Col("id") == 0L));

        var entry = File.ReadAllLines(table["_delta_log/00000000000000000001.json"]).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal("false", (string?)entry[0]["commitInfo"]!["tags"]!["delta.rowTracking.preserved"]);
        Assert.Equal(["1"], await table.RowsAsync());
    }

    [Fact]
    public async Task Numbers_are_not_given_while_they_are_suspended()
    {
        using var table = new HandTable();
        table.Entry(
            0, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}",
            HandTable.Metadata([HandTable.Field("id", "long")], null, "delta.rowTrackingSuspended=true"), HandTable.Add("f0.parquet", stats: "{\"numRecords\":2}"))
            .Parquet("f0.parquet", "select i::bigint as id from range(2) t(i)");
        await (await table.TableAsync()).ApplyAsync(new DeleteRows(Col("id") == 0L));

        Assert.DoesNotContain("baseRowId", File.ReadAllText(table["_delta_log/00000000000000000001.json"]), StringComparison.Ordinal);
    }

    private sealed record Swapped(long Y, long X);

    private static async Task ChangeAsync(OutsideTable table, Dictionary<long, (string?, int?)> rows, int kind, long sequence, Line[] batch, long id)
    {
        switch (kind)
        {
            case 0:
                batch = [.. batch.Where(l => !rows.ContainsKey(l.Id))];
                await table.WriteAsync(sequence, WriteDisposition.Append, OutsideTable.Batch(batch));
                break;
            case 1:
                await table.WriteAsync(sequence, WriteDisposition.Upsert, OutsideTable.Batch(batch));
                break;
            case 2:
                await table.ApplyAsync(new DeleteRows(Col("id") == id));
                rows.Remove(id);
                return;
            case 3:
                await table.ApplyAsync(new UpdateRows(Col("id") >= id, [Lit("set").As("part")]));
                foreach (var key in rows.Keys.Where(k => k >= id).ToList())
                    rows[key] = ("set", rows[key].Item2);
                return;
            case 4:
                await table.ApplyAsync(new CompactFiles());
                return;
            default:
                await table.WriteAsync(sequence, WriteDisposition.Merge, OutsideTable.Batch(batch));
                if (batch.All(l => l.Id != 0))
                    rows.Remove(0);
                break;
        }

        foreach (var (key, part, a) in batch)
            rows[key] = (part, a);
    }

    private static Dictionary<long, (long Number, long Version, string Values)> CheckNumbers(
        OutsideTable table, Dictionary<long, (long Number, long Version, string Values)> before, long version)
    {
        var now = table.Numbers();
        Assert.Equal(now.Count, now.Values.Select(v => v.Number).Distinct().Count());
        var greatest = before.Values.Select(v => v.Number).DefaultIfEmpty(-1).Max();
        foreach (var (key, row) in now)
        {
            if (!before.TryGetValue(key, out var was))
            {
                Assert.True(row.Number > greatest, $"Row {key} got the number {row.Number}.");
                Assert.Equal(version + 1, row.Version);
                continue;
            }

            Assert.Equal(was.Number, row.Number);
            if (was.Values == row.Values)
                Assert.True(row.Version == was.Version || row.Version == version + 1, $"Row {key} of version {was.Version} is of {row.Version}.");
            else
                Assert.Equal(version + 1, row.Version);
        }

        return now;
    }
}
