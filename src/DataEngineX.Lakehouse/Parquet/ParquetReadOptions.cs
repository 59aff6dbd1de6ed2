using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet.Reading;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>What is read of a Parquet file.</summary>
public sealed record ParquetReadOptions
{
    /// <summary>
    /// The columns wanted, by name, in this order and with these types; a nullable one that the file does not have is null in every row.
    /// Texts may be asked for as <c>dictionary&lt;int32, utf8&gt;</c>: then they stay indices into the dictionary the file has.
    /// </summary>
    /// <value>Default: null, all columns that can be read.</value>
    public Schema? Columns { get; init; }

    /// <summary>A condition by which row groups and pages are skipped; rows that do not satisfy it may still be yielded.</summary>
    /// <value>Default: null, everything is read.</value>
    public Expr? Predicate { get; init; }

    /// <summary>Counts rows that are not read.</summary>
    internal RowAccount? Rows { get; init; }

    /// <summary>Where the buffers of the batches come from.</summary>
    /// <value>Default: null, Arrow's default allocator.</value>
    public MemoryAllocator? Allocator { get; init; }

    /// <summary>The most rows of one batch.</summary>
    /// <value>65,536.</value>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>Where the file has each of <see cref="Columns"/>, when that does not follow from their names.</summary>
    internal IReadOnlyList<BoundColumn>? Bound { get; init; }

    /// <summary>Completes a batch, which it takes, by columns that depend on the number of its first row in the file.</summary>
    internal Func<RecordBatch, long, RecordBatch>? Numbered { get; init; }

    /// <summary>Rows of the file, counted from 0, that are not there any more.</summary>
    internal RowSet? Deleted { get; init; }
}
