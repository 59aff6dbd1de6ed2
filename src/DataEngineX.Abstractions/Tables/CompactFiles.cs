using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>Puts small files together, and writes files anew whose rows are partly hidden by deletion vectors. Rows stay as they are, and readers of changes see none.</summary>
public sealed record CompactFiles : TableOperation
{
    /// <summary>The size that files shall have, in bytes; files of half of it and more stay. <value>Default: 128 MiB.</value></summary>
    public long TargetBytes { get; init; } = 128L << 20;

    /// <summary>Only files that may hold a row for which this is true. <value>Default: null, all.</value></summary>
    public Expr? Where { get; init; }
}
