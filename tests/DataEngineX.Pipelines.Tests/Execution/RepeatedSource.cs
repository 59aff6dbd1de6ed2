using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>Yields one batch, which it borrows, again and again, so that the source itself allocates next to nothing.</summary>
internal sealed class RepeatedSource(string name, RecordBatch batch, int times) : BatchSource
{
    public override DatasetId Dataset { get; } = new("test", name);

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(batch.Schema);

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize((long)batch.Length * times, null));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        for (var i = 0; i < times; i++)
        {
            yield return new RecordBatch(
                request.Schema,
                request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(batch.Column(batch.Schema.GetFieldIndex(f.Name)).Data.Retain())),
                batch.Length);
        }
    }
}
