using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Computes a window over ordered rows: over batches of whole partitions, and piece by piece over a partition that is too large for that.</summary>
internal sealed class WholeGroups(WindowPlan plan, EngineContext context)
{
    /// <summary>The share of what the operator may hold that a partition may have: it is copied, and the output stands beside both.</summary>
    private const int ShareOfPartition = 4;

    private readonly PartitionBatch _whole = new(plan, context);

    /// <summary>How many of the leading keys say what belongs together.</summary>
    public int Keys => plan.Keys;

    /// <summary>Computes the rows of one range, which holds whole partitions; called from several threads.</summary>
    public IEnumerable<RecordBatch> Read(RowOrdering ordering, int part)
    {
        using var rows = ordering.ReadWhole(part);
        return rows is null ? [] : BatchBuffer.TakeSlices(_whole.Compute(rows), context.BatchRows);
    }

    /// <summary>Reads ordered rows part after part.</summary>
    public async IAsyncEnumerable<RecordBatch> ReadMergedAsync(
        BatchStream rows, OperatorMemory memory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var input = rows.ConfigureAwait(false);
        using var partitions = new PartitionStream(plan, _whole, memory.LimitBytes / ShareOfPartition, context);
        await foreach (var part in rows.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    foreach (var made in partitions.Take(batch))
                        yield return made;
                }
            }
        }

        foreach (var made in partitions.Finish())
            yield return made;
    }
}
