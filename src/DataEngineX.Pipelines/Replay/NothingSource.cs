using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Stands for a read whose rows have no part in a replay: those of another branch of a union.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="source">What is not read.</param>
/// <param name="rows">Its columns.</param>
internal sealed class NothingSource(string pipeline, BatchSource source, Schema rows) : ReplaySource(pipeline, rows)
{
    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("nothing_of", source.Dataset.ToString());

    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RecordBatch>();
}
