using System.Data;

namespace DataEngineX.Sources;

/// <summary>How all chunks of one read see the same state of a table.</summary>
/// <param name="Isolation">The isolation level of the read's transactions, one in which statements see the state of the first: snapshot, repeatable read, serializable.</param>
/// <param name="ExportSql">A statement that gives the snapshot a name for other connections, or null: then one connection reads the chunks one after another.</param>
/// <param name="AdoptSql">The statement with which another connection takes the snapshot over, first in its transaction; <c>{0}</c> is the name.</param>
/// <remarks>ADO.NET has no general way for several connections to share a snapshot: where the provider has one, the two statements say it.</remarks>
public sealed record DatabaseSnapshot(IsolationLevel Isolation, string? ExportSql = null, string? AdoptSql = null)
{
    /// <summary>One transaction, chunks one after another: any database with repeatable reads.</summary>
    public static DatabaseSnapshot RepeatableRead { get; } = new(IsolationLevel.RepeatableRead);

    /// <summary>
    /// One deferred transaction of SQLite, chunks one after another: it sees the state of its first statement, and where the journal is a write-ahead
    /// log, others may write meanwhile. The level is how the provider is told to defer; other uncommitted changes are seen in a shared cache only.
    /// </summary>
    public static DatabaseSnapshot Sqlite { get; } = new(IsolationLevel.ReadUncommitted);

    /// <summary>One snapshot for several connections of PostgreSQL, so that chunks are read at once.</summary>
    public static DatabaseSnapshot PostgreSql { get; } = new(IsolationLevel.RepeatableRead, "SELECT pg_export_snapshot()", "SET TRANSACTION SNAPSHOT '{0}'");

    internal bool IsShared => ExportSql is not null && AdoptSql is not null;
}
