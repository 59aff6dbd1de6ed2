using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>A read of a table.</summary>
public sealed record TableScan
{
    /// <summary>The version to read. <value>Default: null, the newest.</value></summary>
    public long? Version { get; init; }

    /// <summary>Only rows that were added after this version. <value>Default: null, all rows.</value></summary>
    public long? Since { get; init; }

    /// <summary>With <see cref="Since"/>: whether rows that were changed in place or only carried over are an error rather than yielded.
    /// <value>Default: false.</value></summary>
    public bool AppendsOnly { get; init; }

    /// <summary>The columns, in order. <value>Default: null, all.</value></summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// The text columns of <see cref="Columns"/> wanted as <c>dictionary&lt;int32, utf8&gt;</c>, some of those that
    /// <see cref="ITable.FindDictionariesAsync"/> named. <value>Default: none.</value>
    /// </summary>
    public IReadOnlyList<string> Dictionaries { get; init; } = [];

    /// <summary>A condition by which files may be skipped; rows that do not satisfy it may still be yielded. <value>Default: null.</value></summary>
    public Expr? Predicate { get; init; }

    /// <summary>Where rows are counted that are not read because of <see cref="Predicate"/>, or because the reader stops early.
    /// <value>Default: null, nowhere.</value></summary>
    public RowAccount? Rows { get; init; }

    /// <summary>Where batches are allocated. <value>Default: null, Arrow's default allocator.</value></summary>
    public MemoryAllocator? Allocator { get; init; }

    /// <summary>Rows in a batch at most. <value>Default: 65,536.</value></summary>
    public int BatchRows { get; init; } = 65_536;
}
