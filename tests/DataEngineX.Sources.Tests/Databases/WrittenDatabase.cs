using System.Data.Common;
using System.Globalization;
using Apache.Arrow;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Plans;
using DataEngineX.Testing;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>A database that tests write to: an empty SQLite file, or an empty schema of the PostgreSQL server.</summary>
public sealed class WrittenDatabase : IDisposable
{
    private static int _made;
    private readonly string? _file;
    private readonly Func<DbConnection> _connect;

    private WrittenDatabase(Database database, string prefix, Func<DbConnection> connect, string? file) => (Database, Prefix, _connect, _file) = (database, prefix, connect, file);

    public Database Database { get; }

    /// <summary>What stands before the names of tables.</summary>
    public string Prefix { get; }

    public bool IsPostgreSql => _file is null;

    public static async Task<WrittenDatabase> OpenAsync(PostgreSql? server)
    {
        if (server is null)
        {
            var file = Path.Combine(Path.GetTempPath(), $"dex-written-{Guid.NewGuid():N}.db");
            var text = $"Data Source={file};Pooling=False";
            return new WrittenDatabase(Database.Of(SqliteFactory.Instance, text), "", () => new SqliteConnection(text), file);
        }

        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        var schema = string.Create(CultureInfo.InvariantCulture, $"s{Interlocked.Increment(ref _made)}");
        await server.RunAsync($"CREATE SCHEMA {schema}");
        return new WrittenDatabase(server.Database(), schema + ".", () => server.Connect(null!), null);
    }

    public string Name(string table) => Prefix + table;

    public DatabaseSource Source(string table, Schema schema) =>
        new("written", _ => _connect(), Name(table), schema, new DatabaseReadOptions());

    /// <summary>Does statements, or asks for one value.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{p}", Prefix, StringComparison.Ordinal);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{p}", Prefix, StringComparison.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    public static DataAccess Data(IServiceProvider? services = null)
    {
        var objects = new InMemoryObjectStore();
        return new DataAccess(new DeltaTableCatalog(objects, TimeProvider.System, NoFailpoints.Instance), objects, TimeProvider.System, services ?? TestOperatorContext.NoServices);
    }

    public void Dispose()
    {
        foreach (var file in _file is null ? [] : (string[])[_file, _file + "-wal", _file + "-shm"])
            File.Delete(file);
    }
}
