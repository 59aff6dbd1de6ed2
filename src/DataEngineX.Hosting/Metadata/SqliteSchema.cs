using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Hosting.Metadata;

/// <summary>The tables of the store, as numbered steps; <c>PRAGMA user_version</c> counts those done.</summary>
internal static class SqliteSchema
{
    // Steps are only ever added. A step that was published is never changed.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE runs (
            id TEXT NOT NULL PRIMARY KEY,
            pipeline TEXT NOT NULL,
            state INTEGER NOT NULL,
            record TEXT NOT NULL,
            verdicts TEXT NULL
        );
        CREATE INDEX runs_by_pipeline ON runs (pipeline, id);
        CREATE INDEX runs_by_state ON runs (state, id);
        CREATE TABLE leases (
            name TEXT NOT NULL PRIMARY KEY,
            owner TEXT NULL,
            token INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE slots (
            schedule TEXT NOT NULL,
            instant INTEGER NOT NULL,
            owner TEXT NOT NULL,
            PRIMARY KEY (schedule, instant)
        ) WITHOUT ROWID;
        CREATE TABLE evidence (
            dataset TEXT NOT NULL PRIMARY KEY,
            version INTEGER NULL,
            run_id TEXT NOT NULL,
            record TEXT NOT NULL
        );
        CREATE TABLE small_values (
            name TEXT NOT NULL PRIMARY KEY,
            content TEXT NOT NULL
        ) WITHOUT ROWID;
        """,
    ];

    public static void Migrate(SqliteConnection connection, string path)
    {
        using (var wal = connection.CreateCommand())
        {
            wal.CommandText = "PRAGMA journal_mode = WAL";
            wal.ExecuteNonQuery();
        }

        // The write lock is taken before the version is read, so that of several processes one does the steps and others find them done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var done = Version(connection, transaction);
        if (done > Steps.Length)
        {
            throw new MetadataStoreException(
                $"The metadata store '{path}' was written by a newer version of this host (schema {done}, known up to {Steps.Length}): update the host.");
        }

        for (var step = done; step < Steps.Length; step++)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant of this class and a number.
            command.CommandText = Steps[step] + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1};");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static int Version(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
