using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>Yields batches until it is stopped, and asks to be stopped after a few.</summary>
internal sealed class EndlessSource(CancellationTokenSource stop) : BatchSource
{
    public override DatasetId Dataset { get; } = new("test", "endless");

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(RowShape.SchemaOf<Bronze>());

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            if (i == 5)
                await stop.CancelAsync();
            yield return RowBatch.Create<Bronze>([new("a", new(2015, 1, 1), i)], request.Context.Allocator);
        }
    }
}
