using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class EvolutionTests
{
    private static readonly SchemaEvolution Both = SchemaEvolution.AddColumns | SchemaEvolution.WidenTypes;

    public static TheoryData<WriteDisposition> Dispositions => [.. Enum.GetValues<WriteDisposition>().Except([WriteDisposition.History, WriteDisposition.Merge])];

    [Theory]
    [MemberData(nameof(Dispositions))]
    public async Task Columns_are_added_and_widened_and_reordered_by_name(WriteDisposition disposition)
    {
        using var lake = new Lake();
        await WriteAsync(lake, 1, WriteDisposition.Append, SchemaEvolution.None, Old((1, 10), (2, 20)));

        await WriteAsync(lake, 2, disposition, Both, New((2, 1L << 40, "x"), (3, 30, null)));

        var table = await lake.TableAsync();
        Assert.Equal(["id:int64", "n:int64", "more:utf8"], (await table.GetSnapshotAsync()).Schema.FieldsList.Select(f => $"{f.Name}:{ArrowTypes.NameOf(f.DataType)}"));
        var rows = (await lake.RowsAsync()).Order(StringComparer.Ordinal);
        string[] expected = disposition switch
        {
            WriteDisposition.Append => ["1|10|null", "2|1099511627776|x", "2|20|null", "3|30|null"],
            WriteDisposition.Replace => ["2|1099511627776|x", "3|30|null"],
            WriteDisposition.InsertOnly => ["1|10|null", "2|20|null", "3|30|null"],
            _ => ["1|10|null", "2|1099511627776|x", "3|30|null"],
        };
        Assert.Equal(expected, rows);

        // Who still writes the old columns goes on: what is missing is null, what is narrower is widened.
        await WriteAsync(lake, 3, WriteDisposition.Append, Both, Old((9, 90)));
        Assert.Contains("9|90|null", await lake.RowsAsync());
        using var reopened = lake.Reopened();
        Assert.Equal(await lake.RowsAsync(), await reopened.RowsAsync());
        Assert.Equal(["1|10", "2|20"], (await lake.RowsAsync(new TableScan { Version = 0 })).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_log_tells_of_the_types_that_a_column_had()
    {
        using var lake = new Lake();
        await WriteAsync(lake, 1, WriteDisposition.Append, SchemaEvolution.None, Old((1, 10)));
        await WriteAsync(lake, 2, WriteDisposition.Append, Both, New((2, 20, "x")));
        using var log = new StreamReader(await lake.Store.OpenReadAsync($"{lake.Id}/_delta_log/{1:D20}.json"));
        var entry = await log.ReadToEndAsync();

        Assert.Contains("delta.typeChanges\\\":[{\\\"toType\\\":\\\"long\\\",\\\"fromType\\\":\\\"integer\\\"}]", entry, StringComparison.Ordinal);
        Assert.Contains("\"readerFeatures\":[\"typeWidening\"]", entry, StringComparison.Ordinal);
        Assert.Contains("\"delta.enableTypeWidening\":\"true\"", entry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchemaEvolution.None, "+ more utf8", "~ n: int32 in the table, int64 in the write")]
    [InlineData(SchemaEvolution.AddColumns, null, "~ n: int32 in the table, int64 in the write")]
    [InlineData(SchemaEvolution.WidenTypes, "+ more utf8", null)]
    public async Task What_is_not_allowed_is_refused_with_the_difference(SchemaEvolution allowed, string? added, string? widened)
    {
        using var lake = new Lake();
        await WriteAsync(lake, 1, WriteDisposition.Append, SchemaEvolution.None, Old((1, 10)));
        var rows = New((2, 20, "x"));
        var request = RequestOf(lake, 2, WriteDisposition.Append, allowed, rows.Schema);
        rows.Dispose();

        var error = await Assert.ThrowsAsync<PlanException>(async () => await lake.Catalog.OpenWriterAsync(request));

        foreach (var line in new[] { added, widened }.OfType<string>())
            Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Equal(added is null, !error.Message.Contains("+ more", StringComparison.Ordinal));
        Assert.Equal(0, (await lake.SnapshotAsync()).Version);
    }

    [Fact]
    public async Task A_narrower_or_unlike_type_is_refused_whatever_is_allowed()
    {
        using var lake = new Lake();
        await WriteAsync(lake, 1, WriteDisposition.Append, SchemaEvolution.None, Old((1, 10)));
        var schema = new Schema([new Field("id", StringType.Default, true)], null);

        var error = await Assert.ThrowsAsync<PlanException>(async () => await lake.Catalog.OpenWriterAsync(RequestOf(lake, 2, WriteDisposition.Append, Both, schema)));

        Assert.Contains("~ id: int64 in the table, utf8 in the write", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_not_know_a_change_of_columns_does_not_follow_it()
    {
        using var lake = new Lake();
        await WriteAsync(lake, 1, WriteDisposition.Append, SchemaEvolution.None, Old((1, 10)));
        var old = Old((5, 50));
        await using var slow = await lake.Catalog.OpenWriterAsync(RequestOf(lake, 3, WriteDisposition.Append, SchemaEvolution.None, old.Schema));
        await slow.TakeAsync(old, CancellationToken.None);
        await WriteAsync(lake, 2, WriteDisposition.Append, Both, New((2, 20, "x")));

        await Assert.ThrowsAnyAsync<DataEngineXException>(async () => await slow.CommitAsync(lake.Record(3), CancellationToken.None));
        Assert.Equal(["1|10|null", "2|20|x"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_pipeline_says_how_its_table_may_evolve()
    {
        var state = new InMemoryState();
        await using (var first = new InMemoryLakehouse(dex => dex.AddPipeline("p", p => p.ReadRows("a", new[] { new Narrow(1, 2) }).AppendTo(Layer.Silver, "t").Unkeyed("a test")), state))
            Assert.Equal(RunState.Succeeded, (await first.RunAsync("p")).State);
        await using (var strict = new InMemoryLakehouse(dex => dex.AddPipeline("p", p => p.ReadRows("b", new[] { new Wide(1, 3, "x") }).UpsertInto(Layer.Silver, "t", r => r.Id)), state))
            Assert.Contains("+ more", (await strict.RunAsync("p")).Error, StringComparison.Ordinal);
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("p", p => p.ReadRows("b", new[] { new Wide(1, 3, "x") }).UpsertInto(Layer.Silver, "t", r => r.Id).Evolve(Both)), state);
        var run = await lake.RunAsync("p");
        Assert.True(run.State == RunState.Succeeded, run.Error);

        Assert.Equal([new Wide(1, 3, "x")], await lake.ReadAsync<Wide>(Layer.Silver, "t"));
    }

    private static TableWriteRequest RequestOf(Lake lake, long sequence, WriteDisposition disposition, SchemaEvolution allowed, Schema schema) =>
        lake.Request(lake.Record(sequence), disposition, schema) with { Evolution = allowed };

    private static Task<CommitResult> WriteAsync(Lake lake, long sequence, WriteDisposition disposition, SchemaEvolution allowed, RecordBatch rows) =>
        lake.WriteAsync(RequestOf(lake, sequence, disposition, allowed, rows.Schema), rows);

    private static RecordBatch Old(params (long Id, int N)[] rows)
    {
        var ids = new Int64Array.Builder().AppendRange(rows.Select(r => r.Id)).Build();
        var numbers = new Int32Array.Builder().AppendRange(rows.Select(r => r.N)).Build();
        return new RecordBatch(new Schema([new Field("id", Int64Type.Default, true), new Field("n", Int32Type.Default, true)], null), [ids, numbers], rows.Length);
    }

    private static RecordBatch New(params (long Id, long N, string? More)[] rows)
    {
        var more = new StringArray.Builder();
        foreach (var row in rows)
        {
            if (row.More is null)
                more.AppendNull();
            else
                more.Append(row.More);
        }

        var numbers = new Int64Array.Builder().AppendRange(rows.Select(r => r.N)).Build();
        var ids = new Int64Array.Builder().AppendRange(rows.Select(r => r.Id)).Build();
        var schema = new Schema([new Field("more", StringType.Default, true), new Field("n", Int64Type.Default, true), new Field("id", Int64Type.Default, true)], null);
        return new RecordBatch(schema, [more.Build(), numbers, ids], rows.Length);
    }

    public sealed record Narrow(long Id, int N);

    public sealed record Wide(long Id, long N, string? More);
}
