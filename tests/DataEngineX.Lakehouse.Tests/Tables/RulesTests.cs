using Apache.Arrow;
using DataEngineX.Lakehouse.Tests.Delta;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class RulesTests
{
    public static TheoryData<string> Ways => new("append", "replace", "upsert", "insert-only", "delete-insert", "update", "merge", "replace where");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_row_that_violates_a_constraint_is_refused_on_every_way(string way)
    {
        using var lake = await StartAsync();

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(lake, way, -7));

        Assert.Contains("'positive'", error.Message, StringComparison.Ordinal);
        Assert.Contains("amount = -7", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a|1", "2|b|2"], await lake.RowsAsync());
        await WriteAsync(lake, way, 7);
        Assert.Contains(await lake.RowsAsync(), r => r.EndsWith("|7", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_null_violates_a_constraint(string way)
    {
        using var lake = await StartAsync();

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => WriteAsync(lake, way, null));

        Assert.Contains("amount = null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_sets_null_in_a_column_that_forbids_it_is_refused()
    {
        using var lake = await StartAsync();

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new UpdateRows(Col("amount") > 1.0, [Lit(null).As("id")])));

        Assert.Contains("column 'id' may not be null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_a_constraint_looks_at_the_rows_that_are_there()
    {
        using var lake = await StartAsync();

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new AddConstraint("small", Col("amount") < 2.0)));

        Assert.Contains("amount = 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await lake.SnapshotAsync()).Version);
    }

    [Fact]
    public async Task A_dropped_constraint_is_asked_no_more()
    {
        using var lake = await StartAsync();
        await ApplyAsync(lake, new DropConstraint("positive"));

        await WriteAsync(lake, "append", -7);

        Assert.Equal(3, (await lake.SnapshotAsync()).RowCount);
        await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new DropConstraint("positive")));
    }

    [Fact]
    public async Task The_log_tells_other_engines_of_the_constraint()
    {
        using var lake = await StartAsync();
        using var log = new StreamReader(await lake.Store.OpenReadAsync($"{lake.Id}/_delta_log/{1:D20}.json"));
        var entry = await log.ReadToEndAsync();

        Assert.Contains("\"delta.constraints.positive\":\"(`amount` > 0.0000000000000000E+000)\"", entry, StringComparison.Ordinal);
        Assert.Contains("\"checkConstraints\"", entry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount > 0 AND (name IS NOT NULL OR id <> 3)", "1|a|1", "3|null|1")]
    [InlineData("NOT (Name IN ('x', 'y''s'))", "1|a|1", "1|y's|1")]
    [InlineData("id BETWEEN -1 AND 2 + 2 * 3", "8|a|1", "9|a|1")]
    [InlineData("length(name) <= 2 and name not like 'z%'", "1|ab|1", "1|za|1")]
    [InlineData("CAST(id AS double) <=> amount", "3|a|3", "3|a|4")]
    [InlineData("coalesce(amount, -1.5) >= -1.5e0", "1|a|null", "1|a|-2")]
    public async Task Constraints_of_other_engines_are_enforced(string sql, string good, string bad)
    {
        using var table = new HandTable();
        table.Entry(0, HandTable.Protocol(), HandTable.Metadata(
            [HandTable.Field("id", "long"), HandTable.Field("name", "string"), HandTable.Field("amount", "double")], [], $"delta.constraints.c={sql}"))
            .Entry(1, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"domainMetadata\",\"checkConstraints\"]}}");
        using var lake = new Lake(table.Store) { Id = table.Id };

        await lake.AppendAsync(lake.Record(1), Line(good));

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.AppendAsync(lake.Record(2), Line(bad)));
        Assert.Contains("constraint 'c'", error.Message, StringComparison.Ordinal);
        Assert.Equal([good], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_constraint_that_is_not_understood_makes_a_table_that_is_only_read()
    {
        using var table = new HandTable();
        table.Entry(0, HandTable.Protocol(), HandTable.Metadata([HandTable.Field("id", "long"), HandTable.Field("name", "string"), HandTable.Field("amount", "double")], [], "delta.constraints.c=id > some_function(3)"))
            .Entry(1, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"domainMetadata\",\"checkConstraints\"]}}");
        using var lake = new Lake(table.Store) { Id = table.Id };

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await lake.Catalog.OpenWriterAsync(lake.Request(lake.Record(1))));

        Assert.Contains("some_function", error.Message, StringComparison.Ordinal);
        Assert.Empty(await lake.RowsAsync());
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("update")]
    [InlineData("upsert")]
    [InlineData("replace")]
    public async Task Rows_of_an_append_only_table_stay_as_they_are(string way)
    {
        using var lake = await StartAsync();
        await ApplyAsync(lake, new SetProperties(new Dictionary<string, string?> { ["delta.appendOnly"] = "true" }));

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => way == "delete" ? ApplyAsync(lake, new DeleteRows(Lit(true))) : WriteAsync(lake, way, 7));

        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        await WriteAsync(lake, "append", 7);
        await WriteAsync(lake, "insert-only", 8);
        Assert.Equal(["1|a|1", "2|b|2", "2|new|7"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_property_that_asks_for_what_is_not_there_is_refused()
    {
        using var lake = await StartAsync();
        await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new SetProperties(new Dictionary<string, string?> { ["delta.enableRowTracking"] = "true" })));
        await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new SetProperties(new Dictionary<string, string?> { ["delta.constraints.x"] = "id > 1" })));
        await ApplyAsync(lake, new SetProperties(new Dictionary<string, string?> { ["owner"] = "me" }));
    }

    private static async Task<Lake> StartAsync()
    {
        var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2));
        await ApplyAsync(lake, new AddConstraint("positive", Col("amount") > 0.0));
        return lake;
    }

    private static async Task<CommitResult> WriteAsync(Lake lake, string way, double? amount)
    {
        var sequence = (await lake.SnapshotAsync()).Records["p"].Sequence + 1;
        var batch = lake.Batch((2, "new", amount));
        return way switch
        {
            "append" => await lake.WriteAsync(lake.Request(lake.Record(sequence)), batch),
            "replace" => await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.Replace), batch),
            "upsert" => await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.Upsert), batch),
            "insert-only" => await InsertAsync(lake, sequence, batch, amount),
            "delete-insert" => await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.DeleteInsert), batch),
            "replace where" => await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.Replace) with { Where = Col("id") == 2L }, batch),
            "merge" => await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.Merge), batch),
            _ => await UpdateAsync(lake, batch, amount),
        };
    }

    private static async Task<CommitResult> InsertAsync(Lake lake, long sequence, RecordBatch batch, double? amount)
    {
        batch.Dispose();
        return await lake.WriteAsync(lake.Request(lake.Record(sequence), WriteDisposition.InsertOnly), lake.Batch((amount == 8 ? 2 : 3, "new", amount)));
    }

    private static async Task<CommitResult> UpdateAsync(Lake lake, RecordBatch batch, double? amount)
    {
        batch.Dispose();
        return await ApplyAsync(lake, new UpdateRows(Col("id") == 2L, [Lit(amount).As("amount")]));
    }

    private static async Task<CommitResult> ApplyAsync(Lake lake, TableOperation operation) =>
        await (await lake.TableAsync()).ApplyAsync(operation with { Allocator = lake.Allocator });

    private static (long?, string?, double?) Line(string text)
    {
        var parts = text.Split('|');
        return (long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1] == "null" ? null : parts[1],
            parts[2] == "null" ? null : double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
