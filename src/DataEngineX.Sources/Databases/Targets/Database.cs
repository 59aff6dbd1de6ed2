using System.Data.Common;

namespace DataEngineX.Sources;

/// <summary>A database that pipelines write to: how it is reached, what it is called and how it speaks. It keeps no connection open and shows its connection string nowhere.</summary>
public sealed class Database
{
    private readonly Func<IServiceProvider, DbConnection> _connect;
    private readonly Func<string, DatasetId> _datasetOf;

    /// <summary>A database whose connections come from the host's services.</summary>
    /// <param name="name">The name under which cursor and lineage know it; with the table it is the dataset.</param>
    /// <param name="connect">Makes a connection, closed; called once for each look and each write.</param>
    /// <param name="dialect">How it speaks.</param>
    public Database(string name, Func<IServiceProvider, DbConnection> connect, DatabaseDialect dialect)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(dialect);
        (_connect, Dialect, _datasetOf) = (connect, dialect, table => new DatasetId(name, table));
    }

    private Database(Func<DbConnection> connect, string connectionString, DatabaseDialect dialect)
    {
        _connect = _ => connect();
        Dialect = dialect;
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        _datasetOf = table => dialect.DatasetOf(parts, table);
    }

    /// <summary>How it speaks.</summary>
    public DatabaseDialect Dialect { get; }

    /// <summary>How long one statement may take, and how long it waits for other writers. <value>Default: 10 minutes.</value></summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A database by its data source. Lineage names it by the rules of OpenLineage, such as <c>postgres://host:5432</c> and <c>db.public.daily</c>.</summary>
    /// <param name="source">The data source; whoever made it disposes it.</param>
    /// <param name="dialect">How the database speaks. <value>Default: null, as the provider tells.</value></param>
    /// <exception cref="ArgumentException">The provider is not known, so that a dialect must be named.</exception>
    public static Database Of(DbDataSource source, DatabaseDialect? dialect = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Database(source.CreateConnection, source.ConnectionString, dialect ?? Known(source.GetType(), nameof(source)));
    }

    /// <summary>A database by its provider and connection string. Lineage names it by the rules of OpenLineage, such as <c>postgres://host:5432</c> and <c>db.public.daily</c>.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="dialect">How the database speaks. <value>Default: null, as the provider tells.</value></param>
    /// <exception cref="ArgumentException">The provider is not known, so that a dialect must be named.</exception>
    public static Database Of(DbProviderFactory provider, string connectionString, DatabaseDialect? dialect = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return new Database(
            () =>
            {
                var connection = provider.CreateConnection() ?? throw new InvalidOperationException("The provider made no connection.");
                connection.ConnectionString = connectionString;
                return connection;
            },
            connectionString, dialect ?? Known(provider.GetType(), nameof(provider)));
    }

    /// <summary>The dataset that a table is.</summary>
    /// <param name="table">The table; a schema before it is set off by a point.</param>
    public DatasetId DatasetOf(string table)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        return table.Split('.').Any(string.IsNullOrWhiteSpace)
            ? throw new ArgumentException($"'{table}' is not the name of a table: write a name, or a schema, a point and a name.", nameof(table))
            : _datasetOf(table);
    }

    internal DbConnection Connect(IServiceProvider services) =>
        _connect(services) ?? throw new InvalidOperationException("The function that makes a connection gave null.");

    private static DatabaseDialect Known(Type provider, string parameter) => provider.Namespace switch
    {
        "Npgsql" => DatabaseDialect.PostgreSql,
        "Microsoft.Data.Sqlite" => DatabaseDialect.Sqlite,
        var other => throw new ArgumentException($"How the databases of {other} speak is not known: name a dialect.", parameter),
    };
}
