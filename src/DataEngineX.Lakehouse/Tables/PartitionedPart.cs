using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A part of a data file with the columns that the table is partitioned by, which are not in the file.</summary>
internal sealed class PartitionedPart(BatchPart stored, Func<RecordBatch, RecordBatch> complete) : BatchPart
{
    public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in stored.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return complete(batch);
    }

    protected override void Release() => stored.Dispose();
}
