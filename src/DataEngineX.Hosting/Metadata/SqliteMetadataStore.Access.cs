using DataEngineX.Hosting.Metadata;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Hosting;

// How the file is reached. SQLite works synchronously; calls are short, and those of one process that write wait for each other
// without holding a thread, so that only other processes can make one wait inside SQLite.
public sealed partial class SqliteMetadataStore
{
    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is composed of constants of this class; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static bool Exists(SqliteConnection connection, string key)
    {
        using var command = Command(connection, "SELECT 1 FROM small_values WHERE name = $name", ("$name", key));
        return command.ExecuteScalar() is not null;
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Use(work);
        }
        finally
        {
            _writing.Release();
        }
    }

    private ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Use(work));
    }

    private T Use<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            using (var settings = connection.CreateCommand())
            {
                // Full: a fencing token or a claimed slot must not be forgotten by a power cut.
                settings.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL";
                settings.ExecuteNonQuery();
            }

            return work(connection);
        }
        catch (SqliteException e)
        {
            throw new MetadataStoreException(Path, e);
        }
    }
}
