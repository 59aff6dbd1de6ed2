namespace DataEngineX.Sources;

/// <summary>How a table of a database is read.</summary>
public sealed record DatabaseReadOptions
{
    /// <summary>The columns by which the table is read in chunks and ties of a cursor are told apart; together unique, never null, best indexed.</summary>
    /// <value>Default: none; the table is read by one statement.</value>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>About how many rows a chunk has.</summary>
    /// <value>Default: 100,000.</value>
    public int ChunkRows { get; init; } = 100_000;

    /// <summary>
    /// The snapshot all chunks see. Without one each statement sees the table as it is then: a row whose key changes meanwhile may be read twice or
    /// not at all.
    /// </summary>
    /// <value>Default: null.</value>
    public DatabaseSnapshot? Snapshot { get; init; }

    /// <summary>Tells new rows from old ones by a column, so that the source can be read incrementally.</summary>
    /// <value>Default: null, every run reads everything.</value>
    public DatabaseCursor? Cursor { get; init; }

    /// <summary>How the database writes names and limits.</summary>
    /// <value>Default: <see cref="SqlDialect.Ansi"/>.</value>
    public SqlDialect Dialect { get; init; } = SqlDialect.Ansi;

    /// <summary>How long one statement may take.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
