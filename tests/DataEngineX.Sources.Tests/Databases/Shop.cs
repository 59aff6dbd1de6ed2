using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>A SQLite file of a test.</summary>
public sealed class Shop : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dex-shop-{Guid.NewGuid():N}.db");

    public Shop(params string[] sql)
    {
        Run("PRAGMA journal_mode = WAL");
        Run(sql);
    }

    public DbConnection Connect(IServiceProvider _) => new SqliteConnection($"Data Source={_path};Pooling=False");

    public void Run(params string[] sql)
    {
        using var connection = Connect(null!);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var text in sql)
        {
            using var command = connection.CreateCommand();
            command.Transaction = text.StartsWith("PRAGMA", StringComparison.Ordinal) ? null : transaction;
            command.CommandText = text;
            if (command.Transaction is null)
                transaction.Commit();
            command.ExecuteNonQuery();
            if (command.Transaction is null)
                return;
        }

        transaction.Commit();
    }

    /// <summary>Inserts ids from a number on, so many, changed at a time.</summary>
    public void Add(int first, int count, string? changed) => Run([.. Enumerable.Range(first, count).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"INSERT INTO orders VALUES ({i}, 'n{i}', {(changed is null ? "NULL" : $"'{changed}'")})"))]);

    public void Dispose()
    {
        foreach (var file in (string[])[_path, _path + "-wal", _path + "-shm"])
            File.Delete(file);
    }
}
