using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Differential.Tests;

/// <summary>Reads a random table; its batches can be read any number of times.</summary>
internal sealed class TableSource(RandomTable table) : BatchSource
{
    public override DatasetId Dataset { get; } = new("random", table.Name);

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(table.Schema);

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var batch in table.Batches)
        {
            yield return new RecordBatch(
                request.Schema, request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(batch.Column(f.Name).Data.Retain())), batch.Length);
        }
    }
}
