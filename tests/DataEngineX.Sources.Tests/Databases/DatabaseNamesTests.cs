using System.Data.Common;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>What databases are called, and what nobody gets to see of them.</summary>
public sealed class DatabaseNamesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host=db.example;Port=6432;Database=shop;Username=u;Password=geheim", "daily", "postgres://db.example:6432", "shop.public.daily")]
    [InlineData("Server=db.example;User Id=shop", "gold.daily", "postgres://db.example:5432", "shop.gold.daily")]
    public void Lineage_names_follow_OpenLineage(string connection, string table, string place, string name)
    {
        var dataset = Database.Of(NpgsqlFactory.Instance, connection).DatasetOf(table);
        Assert.Equal((place, name), (dataset.Namespace, dataset.Name));
        Assert.Equal(dataset, DatasetId.Parse(dataset.ToString()));
        Assert.Equal(new DatasetId("sqlite", "shop.db/daily"), Database.Of(SqliteFactory.Instance, "Data Source=shop.db").DatasetOf("daily"));
        Assert.Equal(new DatasetId("shop", "daily"), new Database("shop", _ => new SqliteConnection(), DatabaseDialect.Sqlite).DatasetOf("daily"));
        Assert.Throws<ArgumentException>(() => Database.Of(SqliteFactory.Instance, "Data Source=shop.db").DatasetOf("a..b"));
        Assert.Throws<ArgumentException>(() => Database.Of(new UnknownFactory(), "a=b"));
    }

    [Fact]
    public async Task Connection_strings_are_in_no_error_record_or_plan()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=9;Username=u;Password=geheim;Timeout=2");
        var database = Database.Of(source);
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("t", p => p.ReadRows("rows", [new Order(1, "a")]).UpsertInto(database, "t", r => r.Id).Retry(2, TimeSpan.FromMilliseconds(1))));
        var run = await lake.RunAsync("t", Cancel);
        Assert.Equal((RunState.Failed, 2), (run.State, run.Attempt));
        Assert.StartsWith("postgres://127.0.0.1:9/u.public.t: the connection failed", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.ToString() + run.Error + database, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_database_cannot_take_is_refused_when_it_is_described()
    {
        var database = Database.Of(NpgsqlFactory.Instance, "Host=h");
        var flow = RowShape.SchemaOf<Order>();
        Assert.Contains("63 bytes", Assert.Throws<PlanException>(() => new DatabaseTarget(database, "t", WriteDisposition.Append).Bind(
            new Apache.Arrow.Schema([new Apache.Arrow.Field(new string('x', 64), Apache.Arrow.Types.Int64Type.Default, true)], null))).Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => new DatabaseTarget(database, "t", WriteDisposition.Replace) { Where = Expressions.Columns.Col("name").Upper() == "A" }.Bind(flow));
        Assert.Throws<PlanException>(() => new DatabaseTarget(database, "t", WriteDisposition.Upsert));
        Assert.Throws<PlanException>(() => new DatabaseTarget(database, "t", WriteDisposition.Append).PartitionFilesBy("id"));
        var sqlite = Database.Of(SqliteFactory.Instance, "Data Source=x");
        var amounts = new Apache.Arrow.Schema([.. flow.FieldsList, new Apache.Arrow.Field("amount", new Apache.Arrow.Types.Decimal128Type(10, 2), true)], null);
        Assert.Equal("amount", Assert.Throws<PlanException>(() => new DatabaseTarget(sqlite, "t", WriteDisposition.Upsert, ["id"]).NewestBy("amount").Bind(amounts)).Column);
    }

    private sealed class UnknownFactory : DbProviderFactory;
}
