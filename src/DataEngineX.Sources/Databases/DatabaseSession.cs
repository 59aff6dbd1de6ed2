using System.Data;
using System.Data.Common;
using System.Globalization;

namespace DataEngineX.Sources;

/// <summary>An open connection, in a transaction where the read asks for a snapshot.</summary>
internal sealed class DatabaseSession : IAsyncDisposable, IDisposable
{
    private readonly TimeSpan _timeout;

    private DatabaseSession(DbConnection connection, DbTransaction? transaction, TimeSpan timeout)
    {
        Connection = connection;
        Transaction = transaction;
        _timeout = timeout;
    }

    private DbConnection Connection { get; }

    private DbTransaction? Transaction { get; }

    /// <summary>The name under which other connections can take the snapshot over, or null.</summary>
    internal string? Snapshot { get; private set; }

    internal static async ValueTask<DatabaseSession> OpenAsync(
        Func<IServiceProvider, DbConnection> connect, IServiceProvider services, DatabaseReadOptions options, string? adopt, bool isRead, CancellationToken cancellationToken)
    {
        var connection = connect(services) ?? throw new InvalidOperationException("The function that makes a connection gave null.");
        DbTransaction? transaction = null;
        try
        {
            if (connection.State == ConnectionState.Closed)
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (isRead && options.Snapshot is { } snapshot)
                transaction = await connection.BeginTransactionAsync(snapshot.Isolation, cancellationToken).ConfigureAwait(false);
            var session = new DatabaseSession(connection, transaction, options.StatementTimeout);
            if (adopt is not null)
                await session.ScalarAsync(Text(options, options.Snapshot!.AdoptSql!.Replace("{0}", adopt.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal)), cancellationToken).ConfigureAwait(false);
            else if (isRead && options.Snapshot is { IsShared: true } shared)
                session.Snapshot = Convert.ToString(await session.ScalarAsync(Text(options, shared.ExportSql!), cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
            return session;
        }
        catch
        {
            if (transaction is not null)
                await transaction.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal async ValueTask<object?> ScalarAsync(SqlBuilder sql, CancellationToken cancellationToken)
    {
        var command = sql.Command(Connection, Transaction, _timeout);
        await using var open = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } value and not DBNull ? value : null;
    }

    internal async ValueTask<long> CountAsync(SqlBuilder sql, CancellationToken cancellationToken) =>
        Convert.ToInt64(await ScalarAsync(sql, cancellationToken).ConfigureAwait(false) ?? 0L, CultureInfo.InvariantCulture);

    internal DbCommand Command(SqlBuilder sql) => sql.Command(Connection, Transaction, _timeout);

    public async ValueTask DisposeAsync()
    {
        if (Transaction is not null)
            await Transaction.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        Transaction?.Dispose();
        Connection.Dispose();
    }

    private static SqlBuilder Text(DatabaseReadOptions options, string sql) => new SqlBuilder(options.Dialect).Add(sql);
}
