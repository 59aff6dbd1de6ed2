namespace DataEngineX.Sources;

/// <summary>How a database writes what differs from one to the next.</summary>
public sealed class SqlDialect
{
    private readonly char _open;
    private readonly char _close;
    private readonly bool _fetches;

    private SqlDialect(char open, char close, bool fetches) => (_open, _close, _fetches) = (open, close, fetches);

    /// <summary>Double quotes and <c>LIMIT</c>: PostgreSQL, SQLite, DuckDB.</summary>
    public static SqlDialect Ansi { get; } = new('"', '"', fetches: false);

    /// <summary>Backticks and <c>LIMIT</c>: MySQL, MariaDB.</summary>
    public static SqlDialect MySql { get; } = new('`', '`', fetches: false);

    /// <summary>Brackets and <c>OFFSET … FETCH</c>: SQL Server.</summary>
    public static SqlDialect SqlServer { get; } = new('[', ']', fetches: true);

    /// <summary>Double quotes and <c>OFFSET … FETCH</c>: Oracle, Db2.</summary>
    public static SqlDialect Fetching { get; } = new('"', '"', fetches: true);

    /// <summary>A name in quotes; quotes in it are doubled.</summary>
    /// <param name="name">The name of a column or table.</param>
    public string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A name cannot hold a zero character.", nameof(name))
            : $"{_open}{name.Replace(_close.ToString(), new string(_close, 2), StringComparison.Ordinal)}{_close}";
    }

    internal string QuoteTable(string table) => string.Join('.', table.Split('.').Select(Quote));

    /// <summary>Behind <c>ORDER BY</c>: so many rows after so many others.</summary>
    internal string Page(long offset, long rows) => _fetches
        ? FormattableString.Invariant($" OFFSET {offset} ROWS FETCH NEXT {rows} ROWS ONLY")
        : FormattableString.Invariant($" LIMIT {rows} OFFSET {offset}");
}
