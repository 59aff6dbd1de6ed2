using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hands ordered rows on in batches that hold whole groups, rows equal in the leading keys, and yields what becomes of them.</summary>
/// <param name="plan">The order.</param>
/// <param name="keys">The number of leading keys.</param>
/// <param name="compute">Makes the output of a batch, which it borrows; called from several threads.</param>
/// <param name="context">The operator's context.</param>
internal sealed class WholeGroups(SortPlan plan, int keys, Func<RecordBatch, RecordBatch> compute, EngineContext context)
{
    public int Keys => keys;

    public IEnumerable<RecordBatch> Read(RowOrdering ordering, int part)
    {
        using var rows = ordering.ReadWhole(part);
        return rows is null ? [] : BatchBuffer.TakeSlices(compute(rows), context.BatchRows);
    }

    /// <summary>Reads rows part after part and cuts them between groups. A group is held whole, so the largest one must fit the budget.</summary>
    public async IAsyncEnumerable<RecordBatch> ReadMergedAsync(BatchStream rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var input = rows.ConfigureAwait(false);
        var pending = new List<RecordBatch>();
        try
        {
            long known = 0;
            long added = 0;
            await foreach (var part in rows.PartsAsync(cancellationToken).ConfigureAwait(false))
            {
                using (part)
                {
                    await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        pending.Add(batch);
                        added += batch.Length;
                    }
                }

                // Looking for an end costs a copy of what is pending, so it waits until that has doubled.
                if (added < known)
                    continue;
                foreach (var made in Cut(pending, isLast: false))
                    yield return made;
                known = pending.Sum(b => (long)b.Length);
                added = 0;
            }

            foreach (var made in Cut(pending, isLast: true))
                yield return made;
        }
        finally
        {
            foreach (var batch in pending)
                batch.Dispose();
        }
    }

    private IEnumerable<RecordBatch> Cut(List<RecordBatch> pending, bool isLast)
    {
        if (pending.Count == 0)
            yield break;
        using var all = Concatenation.Concat(pending, context.Allocator);
        foreach (var batch in pending)
            batch.Dispose();
        pending.Clear();
        var end = isLast ? all.Length : LastStart(all);
        if (end < all.Length)
            pending.Add(all.SliceShared(end, all.Length - end));
        if (end == 0)
            yield break;
        RecordBatch result;
        using (var whole = all.SliceShared(0, end))
            result = compute(whole);
        foreach (var batch in BatchBuffer.TakeSlices(result, context.BatchRows))
            yield return batch;
    }

    private int LastStart(RecordBatch all)
    {
        var starts = Windows.PartitionStarts([.. plan.Orders.Take(keys).Select(o => all.Column(o.Column))], all.Length);
        return Math.Max(0, System.Array.LastIndexOf(starts, true));
    }
}
