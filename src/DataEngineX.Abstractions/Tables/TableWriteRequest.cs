using Apache.Arrow;
using Apache.Arrow.Memory;

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

    /// <summary>The key columns, for <see cref="WriteDisposition.Upsert"/>.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The rows that a <see cref="WriteDisposition.Replace"/> takes the place of. <value>Default: null, all.</value></summary>
    public ReplacedRows? Replaces { get; init; }

    /// <summary>The commit about to be made; its counter, run key and fencing token decide whether it may.</summary>
    public required CommitRecord Record { get; init; }

    /// <summary>Set for side outputs: a last commit of this pipeline whose counter is greater than this was left pending by a run
    /// that never published its target, and is adopted (same run key) or taken back (another run key).</summary>
    public long? PublishedSequence { get; init; }

    /// <summary>Where rows read back for an upsert are allocated. <value>Default: null, Arrow's default allocator.</value></summary>
    public MemoryAllocator? Allocator { get; init; }
}
