using System.Globalization;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Sources.Tests.Databases;

public sealed record Order(long Id, string? Name);

/// <summary>Tables of SQLite through ADO.NET: chunks, snapshots, types, names and errors.</summary>
public sealed class DatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Chunks_hold_each_row_once(int chunk)
    {
        using var shop = Orders(100);
        var (run, rows) = await ReadAsync(shop, new DatabaseReadOptions { Key = ["id"], ChunkRows = chunk });
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((100L, 100L), (run.Rows.Read, run.Rows.Written));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => new Order(i, $"n{i}")), rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1_000)]
    public async Task Keys_of_several_columns_and_ties_lose_nothing(int chunk)
    {
        using var shop = new Shop("CREATE TABLE t (a TEXT NOT NULL, b INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT)");
        var random = new Random(5);
        shop.Run([.. Enumerable.Range(1, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"INSERT INTO t VALUES ('k{random.Next(4)}', {random.Next(6)}, {i}, NULL)"))]);
        await using var lake = Lake(p => p.ReadDatabase<Order>("shop", shop.Connect, "t", new DatabaseReadOptions { Key = ["a", "b"], ChunkRows = chunk }).AppendTo(Layer.Bronze, "t"));
        var run = await lake.RunAsync("t", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), (await lake.ReadAsync<Order>(Layer.Bronze, "t", Cancel)).Select(r => r.Id).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_holds_while_others_write(bool snapshot)
    {
        using var shop = Orders(50);
        var options = new DatabaseReadOptions { Key = ["id"], ChunkRows = 10, Snapshot = snapshot ? DatabaseSnapshot.Sqlite : null };
        var source = new DatabaseSource("shop", s => new SqliteConnection(shop.Connect(s).ConnectionString), "orders", RowShape.SchemaOf<Order>(), options);
        await using var lake = Lake(p => p.Read(source).AppendTo(Layer.Bronze, "t"), batchRows: 5);
        var ids = new List<long>();
        await foreach (var batch in lake.Reader.ReadAsync(Flow.From(source), Cancel))
        {
            using (batch)
            {
                if (ids.Count == 0)
                    await Task.Run(() => shop.Add(1_001, 50, "2015-01-02"), Cancel);
                ids.AddRange(((Int64Array)batch.Column(0)).Values.ToArray());
            }
        }

        // Without a snapshot the end of the table is what it is when it is read; how far the read was ahead of the write is chance.
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), ids.Take(50));
        if (snapshot)
            Assert.Equal(50, ids.Count);
    }

    [Fact]
    public async Task Every_type_comes_back()
    {
        using var shop = new Shop(
            "CREATE TABLE t (id INTEGER, flag INTEGER, small INTEGER, real REAL, money TEXT, text TEXT, bytes BLOB, day TEXT, local TEXT, instant TEXT)",
            "INSERT INTO t VALUES (9223372036854775807, 1, -5, 1.5, '12.340000000000000001', 'ü', x'01ff', '2015-02-28', '1969-12-31 23:59:59.123456', '2015-01-01T01:00:00+01:00')",
            "INSERT INTO t VALUES (2, 0, 2147483647, 7, 5, NULL, NULL, '1900-01-01', '2015-01-01 00:00:00', '2015-01-01 00:00:00')");
        var rows = await ReadAsync<Row>(shop);
        Assert.Equal(new Row(long.MaxValue, true, -5, 1.5, 12.340000000000000001m, "ü", new(2015, 2, 28), new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(1234560), new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero)), rows[0]);
        Assert.Equal(new Row(2, false, int.MaxValue, 7, 5, null, new(1900, 1, 1), new(2015, 1, 1), new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero)), rows[1]);
    }

    [Fact]
    public async Task Columns_are_found_where_none_are_declared()
    {
        using var shop = new Shop("CREATE TABLE \"od\"\"d\" (id INTEGER NOT NULL, \"na me\" TEXT, r REAL, b BLOB)", "INSERT INTO \"od\"\"d\" VALUES (1, 'a', 2.5, x'00'), (2, NULL, NULL, NULL)");
        await using var lake = Lake(p => p.ReadDatabase("shop", shop.Connect, "od\"d").AppendTo(Layer.Bronze, "t"));
        var run = await lake.RunAsync("t", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        var schema = await new DatabaseSource("shop", shop.Connect, "od\"d").GetSchemaAsync(
            (Plans.DataAccess)lake.Services.GetService(typeof(Plans.DataAccess))!, Cancel);
        Assert.Equal(["id int64", "na me utf8?", "r double?", "b binary?"], schema!.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"));
        Assert.Equal(2, run.Rows.Written);
    }

    [Theory]
    [InlineData("'x'", "the column 'id' holds 'x' (String), which is no int64")]
    [InlineData("1.5", "the column 'id' holds '1.5' (Double), which is no int64")]
    [InlineData("NULL", "the column 'id' is null, but its member or field cannot hold null")]
    public async Task A_value_of_another_type_is_named(string value, string error)
    {
        using var shop = new Shop("CREATE TABLE orders (id, name TEXT)", "INSERT INTO orders VALUES (1, 'a')", $"INSERT INTO orders VALUES ({value}, 'b')");
        var (run, rows) = await ReadAsync(shop, new DatabaseReadOptions());
        Assert.Equal((RunState.Failed, 0), (run.State, rows.Count));
        Assert.Contains("shop/orders, row 2 of the chunk: " + error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_does_not_fit_is_named()
    {
        using var shop = new Shop("CREATE TABLE t (small INTEGER)", "INSERT INTO t VALUES (2147483648)");
        await using var lake = Lake(p => p.ReadDatabase<SmallNumber>("shop", shop.Connect, "t").AppendTo(Layer.Bronze, "t"));
        Assert.Contains("holds '2147483648' (Int64), which is no int32", (await lake.RunAsync("t", Cancel)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_null_is_refused_for_no_chunk_would_hold_it()
    {
        using var shop = new Shop("CREATE TABLE orders (id INTEGER, name TEXT)", "INSERT INTO orders VALUES (1, 'a'), (NULL, 'b')");
        var (run, _) = await ReadAsync(shop, new DatabaseReadOptions { Key = ["id"] });
        Assert.Contains("the key column 'id' is null in 1 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_named()
    {
        using var shop = new Shop();
        var (run, _) = await ReadAsync(shop, new DatabaseReadOptions());
        Assert.Contains("shop/orders", run.Error, StringComparison.Ordinal);
        Assert.Contains("no such table", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_table_gives_no_rows()
    {
        using var shop = Orders(0);
        var (run, rows) = await ReadAsync(shop, new DatabaseReadOptions { Key = ["id"] });
        Assert.Equal((RunState.Succeeded, 0), (run.State, rows.Count));
    }

    [Fact]
    public async Task A_limit_is_kept_in_each_chunk()
    {
        using var shop = Orders(1_000);
        await using var lake = Lake(p => p.ReadRows("unused", [new Order(1, null)]).AppendTo(Layer.Bronze, "t"));
        var flow = Flow.From(new DatabaseSource("shop", shop.Connect, "orders", RowShape.SchemaOf<Order>(), new DatabaseReadOptions { Key = ["id"], ChunkRows = 100 })).As<Order>();
        Assert.Equal(Enumerable.Range(1, 5).Select(i => (long)i), (await lake.Reader.ToListAsync(flow.Take(5), Cancel)).Select(r => r.Id));
    }

    [Fact]
    public void Names_are_quoted_by_the_dialect()
    {
        Assert.Equal("\"a\"\"b\"", SqlDialect.Ansi.Quote("a\"b"));
        Assert.Equal("`a``b`", SqlDialect.MySql.Quote("a`b"));
        Assert.Equal("[a]]b]", SqlDialect.SqlServer.Quote("a]b"));
        Assert.Throws<ArgumentException>(() => SqlDialect.Ansi.Quote("a\0"));
        Assert.Throws<PlanException>(() => new DatabaseSource("s", _ => null!, "t", new Schema([new Field("x", new Apache.Arrow.Types.ListType(Apache.Arrow.Types.Int32Type.Default), true)], null)));
    }

    private static Shop Orders(int count)
    {
        var shop = new Shop("CREATE TABLE orders (id INTEGER NOT NULL, name TEXT, changed TEXT)");
        shop.Add(1, count, "2015-01-01");
        return shop;
    }

    private static async Task<(RunRecord Run, IReadOnlyList<Order> Rows)> ReadAsync(Shop shop, DatabaseReadOptions options)
    {
        await using var lake = Lake(p => p.ReadDatabase<Order>("shop", shop.Connect, "orders", options).AppendTo(Layer.Bronze, "t"), batchRows: 16);
        var run = await lake.RunAsync("t", Cancel);
        return (run, await lake.ReadAsync<Order>(Layer.Bronze, "t", Cancel));
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(Shop shop)
    {
        await using var lake = Lake(p => p.ReadDatabase<T>("shop", shop.Connect, "t").AppendTo(Layer.Bronze, "t"));
        return await lake.Reader.ToListAsync(Flow.From(new DatabaseSource("shop", shop.Connect, "t", RowShape.SchemaOf<T>())).As<T>(), Cancel);
    }

    private static InMemoryLakehouse Lake(Func<PipelineBuilder, PipelineEnd> describe, int batchRows = 65_536) =>
        new(dex => dex.AddEngine(o => o.BatchRows = batchRows).AddPipeline("t", describe));

    public sealed record SmallNumber(int Small);

    public sealed record Row(long Id, bool Flag, int Small, double Real, decimal Money, string? Text, DateOnly Day, DateTime Local, DateTimeOffset Instant);
}
