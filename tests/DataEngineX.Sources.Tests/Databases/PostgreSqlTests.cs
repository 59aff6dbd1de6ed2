using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>The database source on PostgreSQL: one snapshot on several connections, its types, time zones and a cursor of timestamps.</summary>
public sealed class PostgreSqlTests(PostgreSql server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chunks_on_several_connections_see_one_snapshot()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.RunAsync("CREATE TABLE snap (id bigint PRIMARY KEY, name text); INSERT INTO snap SELECT i, 'n' || i FROM generate_series(1, 5000) i");
        var connections = 0;
        var source = new DatabaseSource("pg", s =>
        {
            Interlocked.Increment(ref connections);
            return server.Connect(s);
        }, "public.snap", RowShape.SchemaOf<Order>(), new DatabaseReadOptions { Key = ["id"], ChunkRows = 500, Snapshot = DatabaseSnapshot.PostgreSql });
        await using var lake = new InMemoryLakehouse(dex => dex.AddEngine(o => (o.BatchRows, o.Parallelism) = (100, 4))
            .AddPipeline("unused", p => p.Read(source).AppendTo(Layer.Bronze, "t")));
        var ids = new List<long>();
        await foreach (var batch in lake.Reader.ReadAsync(Flow.From(source), Cancel))
        {
            using (batch)
            {
                if (ids.Count == 0)
                    await server.RunAsync("INSERT INTO snap SELECT i, 'late' FROM generate_series(-1000, 0) i; INSERT INTO snap SELECT i, 'late' FROM generate_series(5001, 6000) i; DELETE FROM snap WHERE id % 2 = 0");
                ids.AddRange(((Int64Array)batch.Column(0)).Values.ToArray());
            }
        }

        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), ids);
        Assert.True(connections > 5, $"{connections} connections");
    }

    [Fact]
    public async Task Types_are_found_and_read()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.RunAsync(
            "CREATE TABLE kinds (a smallint, b int NOT NULL, c bigint, d real, e double precision, f numeric(20,4), g text, h varchar(9), i bytea, j boolean, k date, l timestamp, m timestamptz, n uuid, o time, p numeric); "
            + "INSERT INTO kinds VALUES (1, 2, 3, 1.5, 2.5, 1234.5678, 'ü', 'h', '\\x01ff', true, '2015-02-28', '2015-01-01 01:02:03.123456', '2015-01-01 01:02:03+01', '00000000-0000-0000-0000-000000000001', '10:11:12', 7.25), "
            + "(NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        await using var lake = Lake(p => p.ReadDatabase("pg", server.Connect, "kinds").Select("a", "b", "f", "g", "k", "m").AppendTo(Layer.Bronze, "t"));
        var data = (Plans.DataAccess)lake.Services.GetService(typeof(Plans.DataAccess))!;
        var source = new DatabaseSource("pg", server.Connect, "kinds");
        var schema = await source.GetSchemaAsync(data, Cancel);
        Assert.Equal(
            "int16 int32 int64 float double decimal(20,4) utf8 utf8 binary bool date32 timestamp[us] timestamp[us, UTC] utf8 time64[us] decimal(38,18)",
            string.Join(' ', schema!.FieldsList.Select(f => ArrowTypes.NameOf(f.DataType))));
        var rows = await lake.Reader.ToListAsync(Flow.From(source).As<Kinds>(), Cancel);
        Assert.Equal(
            new Kinds(1, 2, 3, 1.5f, 2.5, 1234.5678m, "ü", "h", true, new(2015, 2, 28), new DateTime(2015, 1, 1, 1, 2, 3).AddTicks(1234560), new(2015, 1, 1, 0, 2, 3, TimeSpan.Zero), "00000000-0000-0000-0000-000000000001", new(10, 11, 12), 7.25m),
            rows[0]);
        Assert.Equal(new Kinds(null, 2, null, null, null, null, null, null, null, null, null, null, null, null, null), rows[1]);
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("t", Cancel)).State);
    }

    [Theory]
    [InlineData("timestamptz")]
    [InlineData("timestamp")]
    [InlineData("date")]
    public async Task A_cursor_of_times_with_lag(string type)
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        var table = $"cursor_{type}";
        await server.RunAsync($"CREATE TABLE {table} (id bigint PRIMARY KEY, name text, changed {type}); INSERT INTO {table} SELECT i, 'n', '2015-01-01'::timestamp + i * interval '1 day' FROM generate_series(1, 40) i");
        await using var lake = Lake(p => p.ReadDatabase<Order>("pg", server.Connect, table, new DatabaseReadOptions
        {
            Key = ["id"],
            ChunkRows = 7,
            Cursor = new DatabaseCursor("changed") { Lag = TimeSpan.FromDays(2) },
        }).Incremental().AppendTo(Layer.Bronze, "t"));
        lake.Clock.SetUtcNow(new DateTimeOffset(2015, 1, 22, 12, 0, 0, TimeSpan.Zero));
        var first = await lake.RunAsync("t", Cancel);
        Assert.True(first.State == RunState.Succeeded, first.Error);
        Assert.Equal(19, first.Rows.Written);
        await server.RunAsync($"INSERT INTO {table} VALUES (100, 'late', '2015-01-21'), (101, 'tie', '2015-01-20')");
        lake.Clock.SetUtcNow(new DateTimeOffset(2015, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var second = await lake.RunAsync("t", Cancel);
        Assert.True(second.State == RunState.Succeeded, second.Error);
        Assert.Equal(23, second.Rows.Written);
        Assert.False((await lake.RunAsync("t", Cancel)).Published);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_a_transient_fault()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using var lake = Lake(p => p.ReadDatabase<Order>("pg", _ => new Npgsql.NpgsqlConnection("Host=127.0.0.1;Port=9;Timeout=2"), "t").AppendTo(Layer.Bronze, "t").Retry(2, TimeSpan.FromMilliseconds(1)));
        var run = await lake.RunAsync("t", Cancel);
        Assert.Equal((RunState.Failed, 2), (run.State, run.Attempt));
    }

    private static InMemoryLakehouse Lake(Func<PipelineBuilder, PipelineEnd> describe) => new(dex => dex.AddPipeline("t", describe));

    public sealed record Kinds(
        short? A, int B, long? C, float? D, double? E, decimal? F, string? G, string? H, bool? J, DateOnly? K, DateTime? L, DateTimeOffset? M, string? N, TimeOnly? O, decimal? P);
}
