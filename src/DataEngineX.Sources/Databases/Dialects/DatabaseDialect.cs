using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Sources;

/// <summary>What a database that is written to does in its own way. Everything else is SQL that databases share: window functions, <c>UPDATE … FROM</c>, temporary tables.</summary>
public abstract class DatabaseDialect
{
    /// <summary>PostgreSQL, through Npgsql.</summary>
    public static DatabaseDialect PostgreSql { get; } = new PostgreSqlDialect();

    /// <summary>SQLite, through Microsoft.Data.Sqlite.</summary>
    public static DatabaseDialect Sqlite { get; } = new SqliteDialect();

    /// <summary>What the database is called in errors.</summary>
    public abstract string Name { get; }

    /// <summary>How names are quoted.</summary>
    public abstract SqlDialect Names { get; }

    /// <summary>The hidden column by which rows are told apart that are equal in all others.</summary>
    public abstract string RowId { get; }

    /// <summary>The dataset that a table is, by the naming rules of OpenLineage; nothing of it but place and names.</summary>
    /// <param name="connection">The parts of the connection string.</param>
    /// <param name="table">The table; a schema before it is set off by a point.</param>
    public abstract DatasetId DatasetOf(DbConnectionStringBuilder connection, string table);

    /// <summary>How a column type is stored; null when it is not.</summary>
    /// <param name="type">The type; never a dictionary.</param>
    public abstract DatabaseType? TypeOf(IArrowType type);

    /// <summary>The column type that a column of a table that is there takes; null when nothing is written into such columns.</summary>
    /// <param name="column">What the provider tells of the column.</param>
    public abstract IArrowType? TypeOf(System.Data.Common.DbColumn column);

    /// <summary>A query with a row when there is a table.</summary>
    /// <param name="table">The table.</param>
    public abstract string ExistsSql(string table);

    /// <summary>The statements by which a transaction keeps other writers of a table away until it ends, and not its readers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="exists">Whether there is one; else the name is taken.</param>
    public abstract IReadOnlyList<string> LockSql(string table, bool exists);

    /// <summary>An expression that is true when two values are equal or both null.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <param name="not">Whether it is to be true of others instead.</param>
    public virtual string AreSame(string left, string right, bool not = false) => $"{left} IS {(not ? "" : "NOT ")}DISTINCT FROM {right}";

    /// <summary>The statement that makes a column take wider values; null when the database has none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="type">Its new type.</param>
    public virtual string? WidenSql(string table, string column, string type) => null;

    /// <summary>The statements that make a temporary table with rows quick to search.</summary>
    /// <param name="table">The temporary table.</param>
    /// <param name="columns">The columns by which its rows are looked up; none where they are not.</param>
    public virtual IReadOnlyList<string> PrepareSql(string table, IReadOnlyList<string> columns) => [];

    /// <summary>Refuses a name that the database would cut or misread.</summary>
    /// <param name="name">The name of a table or column.</param>
    /// <returns>Why, or null.</returns>
    public virtual string? WhyNotName(string name) => null;

    /// <summary>A value of a condition as the database compares it with a column.</summary>
    /// <param name="value">A CLR value, never null.</param>
    public virtual object ValueOf(object value) => value;

    /// <summary>Brings rows into a temporary table, outside a transaction.</summary>
    /// <param name="rows">The rows and where they go.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public virtual ValueTask StageAsync(StagedBatch rows, CancellationToken cancellationToken) => StagedInserts.WriteAsync(this, rows, cancellationToken);

    /// <summary>How the cells of a column are given as parameters.</summary>
    /// <param name="column">The column.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <returns>Gives the value of a row that has one.</returns>
    public virtual Func<int, object> CellsOf(IArrowArray column, string name) => DatabaseCells.Of(column, name);

    /// <summary>The name of a table in quotes, part by part.</summary>
    /// <param name="table">The table; a schema before it is set off by a point.</param>
    public string QuoteTable(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return Names.QuoteTable(table);
    }

    /// <summary>A text in quotes.</summary>
    /// <param name="text">The text.</param>
    protected static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
