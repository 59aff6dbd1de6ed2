using System.Data;
using System.Data.Common;
using System.Globalization;

namespace DataEngineX.Sources;

/// <summary>An open connection of a write, in a transaction from <see cref="BeginAsync"/> on. What the provider says of a fault comes out in our words.</summary>
internal sealed class TargetSession : IAsyncDisposable
{
    private readonly DatasetId _dataset;
    private DbTransaction? _transaction;

    private TargetSession(Database database, DatasetId dataset, DbConnection connection) => (Database, _dataset, Connection) = (database, dataset, connection);

    internal Database Database { get; }

    internal DatabaseDialect Dialect => Database.Dialect;

    internal DbConnection Connection { get; }

    internal static async ValueTask<TargetSession> OpenAsync(Database database, DatasetId dataset, IServiceProvider services, CancellationToken cancellationToken)
    {
        var connection = database.Connect(services);
        var session = new TargetSession(database, dataset, connection);
        try
        {
            await session.InWordsAsync("the connection failed", async () =>
            {
                if (connection.State == ConnectionState.Closed)
                    await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return 0;
            }, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await InWordsAsync("no transaction could be begun", async () => await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes everything since <see cref="BeginAsync"/> visible at once. It cannot be called off.</summary>
    internal async ValueTask CommitAsync()
    {
        await InWordsAsync("the transaction could not be committed", async () =>
        {
            await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return 0;
        }, CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Leaves everything as it was before <see cref="BeginAsync"/>.</summary>
    internal async ValueTask EndAsync()
    {
        if (_transaction is { } transaction)
            await transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

    /// <summary>Does a statement and tells how many rows it wrote.</summary>
    internal ValueTask<long> ExecuteAsync(string sql, CancellationToken cancellationToken, IReadOnlyList<object?>? parameters = null) =>
        InWordsAsync("the database refused a statement", async () =>
        {
            var command = Command(sql, parameters);
            await using var open = command.ConfigureAwait(false);
            return (long)await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>The cells of the first row, or null when there is none.</summary>
    internal ValueTask<object?[]?> FirstRowAsync(string sql, CancellationToken cancellationToken, IReadOnlyList<object?>? parameters = null) =>
        InWordsAsync("the database refused a question", async () =>
        {
            var command = Command(sql, parameters);
            await using var open = command.ConfigureAwait(false);
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var openRows = rows.ConfigureAwait(false);
            if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                return null;
            var cells = new object?[rows.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = await rows.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false) ? null : rows.GetValue(i);
            return cells;
        }, cancellationToken);

    internal async ValueTask<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        Convert.ToInt64((await FirstRowAsync(sql, cancellationToken).ConfigureAwait(false))?[0] ?? 0L, CultureInfo.InvariantCulture);

    /// <summary>The columns of a table, or null when there is none.</summary>
    internal async ValueTask<IReadOnlyList<System.Data.Common.DbColumn>?> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        if (await FirstRowAsync(Dialect.ExistsSql(table), cancellationToken).ConfigureAwait(false) is null)
            return null;
        return await InWordsAsync("its columns cannot be read", async () =>
        {
            var command = Command($"SELECT * FROM {Dialect.QuoteTable(table)} WHERE 1 = 0", null);
            await using var open = command.ConfigureAwait(false);
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var openRows = rows.ConfigureAwait(false);
            return await rows.GetColumnSchemaAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    internal ValueTask StageAsync(StagedBatch rows, CancellationToken cancellationToken) => new(InWordsAsync("rows could not be staged", async () =>
    {
        await Dialect.StageAsync(rows, cancellationToken).ConfigureAwait(false);
        return 0;
    }, cancellationToken).AsTask());

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private DbCommand Command(string sql, IReadOnlyList<object?>? parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        command.CommandTimeout = (int)Math.Min(Math.Ceiling(Database.StatementTimeout.TotalSeconds), int.MaxValue);
        for (var i = 0; i < (parameters?.Count ?? 0); i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = parameters![i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async ValueTask<T> InWordsAsync<T>(string what, Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await work().ConfigureAwait(false);
        }
        catch (DbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DbException e)
        {
            throw new TargetFailedException(_dataset, $"{what}: {e.Message}", TransientFaults.Is(e), e);
        }
    }
}
