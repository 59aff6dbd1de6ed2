using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Yields the same batches again and again without copying them, so that only the operators above are measured.</summary>
internal sealed class BatchesSource(IReadOnlyList<RecordBatch> batches) : BatchSource
{
    public override DatasetId Dataset { get; } = new("benchmark", "batches");

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(batches[0].Schema);

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var batch in batches)
        {
            yield return new RecordBatch(
                request.Schema, request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(batch.Column(f.Name).Data.Retain())), batch.Length);
        }
    }
}
