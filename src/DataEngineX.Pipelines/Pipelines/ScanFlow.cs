namespace DataEngineX.Pipelines;

/// <summary>A flow that is a read and nothing more yet.</summary>
public sealed class ScanFlow : Flow
{
    private readonly ScanNode _scan;

    internal ScanFlow(ScanNode scan)
        : base(scan) => _scan = scan;

    /// <summary>Reads only what is new since the pipeline's last commit.</summary>
    /// <exception cref="PlanException">The source cannot tell what is new.</exception>
    public Flow Incremental() => new(new ScanNode(_scan.Source, isIncremental: true));

    /// <summary>Reads all rows whose key is that of a row which came, changed or went since the pipeline's last commit; the target replaces the rows of
    /// these keys. What changes or vanishes in the source does so in the target.</summary>
    /// <param name="by">The key columns. They must reach the target as they are, and every operator that brings rows together must do so by them.</param>
    /// <exception cref="PlanException">The source cannot tell what changed.</exception>
    public Flow Incremental(IReadOnlyList<string> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return new(ScanNode.ByKey(_scan.Source, by));
    }

    /// <summary>Reads partition by partition: each run computes some partitions from their own rows, and the target replaces these.</summary>
    /// <param name="column">The column that tells the partition of a row.</param>
    /// <param name="partitioning">How its values are divided.</param>
    /// <param name="lookBack">How many of the last partitions every run computes again, for sources that do not tell late rows. <value>Default: 0.</value></param>
    public Flow Partitioned(string column, Partitioning partitioning, int lookBack = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(partitioning);
        ArgumentOutOfRangeException.ThrowIfNegative(lookBack);
        return new(new ScanNode(_scan.Source) { Partition = new PartitionedBy(column, partitioning, lookBack) });
    }
}
