using Apache.Arrow.Memory;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>How a Parquet file is written.</summary>
public sealed record ParquetWriteOptions
{
    private const long SmallestGroup = 1 << 16;
    private const int GroupsInBudget = 24;

    /// <summary>The compression of all columns. A column that it hardly makes smaller is left as it is.</summary>
    /// <value>Snappy.</value>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Snappy;

    /// <summary>The most rows of one row group, from 1 to 1,048,576. A row group is held in memory until it is full.</summary>
    /// <value>131,072.</value>
    public int RowGroupRows { get; init; } = 131_072;

    /// <summary>The bytes of Arrow data after which a row group is written although it has fewer rows.</summary>
    /// <value>128 MiB.</value>
    public long RowGroupBytes { get; init; } = 128L << 20;

    /// <summary>Whether columns of few distinct values are stored as indices into a dictionary.</summary>
    /// <value>True.</value>
    public bool Dictionary { get; init; } = true;

    /// <summary>How many columns are encoded at the same time.</summary>
    /// <value>The number of processors.</value>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Counts what encoding needs beside the rows, as three times the largest row group; null where nothing is counted.</summary>
    internal TrackingAllocator? Budget { get; init; }

    /// <summary>The same within a run: row groups so small that holding and encoding one of each file takes little of the run's budget.</summary>
    /// <param name="allocator">The run's budget, where there is one.</param>
    /// <param name="files">How many files are written at the same time.</param>
    internal ParquetWriteOptions Within(MemoryAllocator? allocator, int files = 1) => allocator is TrackingAllocator budget
        ? this with { Budget = budget, RowGroupBytes = Math.Min(RowGroupBytes, Math.Max(SmallestGroup, budget.BudgetBytes / GroupsInBudget / files)) }
        : this with { RowGroupBytes = Math.Max(SmallestGroup, RowGroupBytes / files) };
}
