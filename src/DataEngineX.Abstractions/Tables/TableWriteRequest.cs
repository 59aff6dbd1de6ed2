using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>A write to a table.</summary>
public sealed record TableWriteRequest
{
    /// <summary>The table.</summary>
    public required DatasetId Table { get; init; }

    /// <summary>The schema of the batches.</summary>
    public required Schema Schema { get; init; }

    /// <summary>What happens to rows that are there.</summary>
    public required WriteDisposition Disposition { get; init; }

    /// <summary>
    /// The key columns of an upsert, delete-insert, insert-only, history or merge, never null in a row written but for a merge; the columns that tell
    /// partitions for <see cref="WriteDisposition.ReplacePartition"/>.
    /// </summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>For <see cref="WriteDisposition.Replace"/>: which rows are replaced. Every row written must satisfy it. <value>Default: null, all.</value></summary>
    public Expr? Where { get; init; }

    /// <summary>For <see cref="WriteDisposition.Replace"/>: the rows replaced are those with one of these keys that satisfy <see cref="Where"/>, and every row written must have one. Its columns
    /// are columns of the table; null is a value. Borrowed until the write is disposed. <value>Default: null, all.</value></summary>
    public RecordBatch? Keys { get; init; }

    /// <summary>
    /// For <see cref="WriteDisposition.Upsert"/>: the column whose greatest value belongs to the newest row of a key, null being the least and the last row that came
    /// being the newest of equal ones. A row that is older than the one of its key in the table changes nothing. <value>Default: null, what comes is newer.</value>
    /// </summary>
    public string? Sequence { get; init; }

    /// <summary>The clauses of a <see cref="WriteDisposition.Merge"/>.</summary>
    public IReadOnlyList<MergeClause> Clauses { get; init; } = [];

    /// <summary>The columns of a <see cref="WriteDisposition.History"/>.</summary>
    public HistoryColumns History { get; init; } = new();

    /// <summary>
    /// The columns whose values tell the data files of the table apart; they may be neither nested nor all columns. A table that the write creates is
    /// partitioned by them, one that is there must be. <value>Default: none; a table that is there keeps its own.</value>
    /// </summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    /// <summary>How the write may change the columns of the table. <value>Default: not at all.</value></summary>
    public SchemaEvolution Evolution { get; init; }

    /// <summary>The commit about to be made; its counter, run key and fencing token decide whether it may.</summary>
    public required CommitRecord Record { get; init; }

    /// <summary>Set for side outputs: a last commit of this pipeline whose counter is greater than this was left pending by a run
    /// that never published its target, and is adopted (same run key) or taken back (another run key).</summary>
    public long? PublishedSequence { get; init; }

    /// <summary>Where batches are allocated that the write keeps or makes. <value>Default: null, Arrow's default allocator.</value></summary>
    public MemoryAllocator? Allocator { get; init; }
}
