using Apache.Arrow.Memory;

namespace DataEngineX;

/// <summary>A read of what changed between versions of a table.</summary>
public sealed record TableChanges
{
    /// <summary>The column that says what happened to a row: <c>insert</c>, <c>delete</c>, <c>update_preimage</c> or <c>update_postimage</c>.</summary>
    public const string TypeColumn = "_change_type";

    /// <summary>The column with the version that made the change (int64).</summary>
    public const string VersionColumn = "_commit_version";

    /// <summary>The column with the time of that version (UTC).</summary>
    public const string TimestampColumn = "_commit_timestamp";

    /// <summary>The first version whose changes are read.</summary>
    public required long From { get; init; }

    /// <summary>The last version whose changes are read. <value>Default: null, the newest.</value></summary>
    public long? To { get; init; }

    /// <summary>The columns of the table, in order; the three of the change follow them. <value>Default: null, all.</value></summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Where batches are allocated. <value>Default: null, Arrow's default allocator.</value></summary>
    public MemoryAllocator? Allocator { get; init; }

    /// <summary>Rows in a batch at most. <value>Default: 65,536.</value></summary>
    public int BatchRows { get; init; } = 65_536;
}
