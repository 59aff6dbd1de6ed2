using Apache.Arrow;

namespace QualityCheck.Data;

/// <summary>A text file in which nothing stands: it has neither rows nor columns.</summary>
internal sealed class NoData : IData
{
    public Schema Schema { get; } = new([], null);

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<RecordBatch>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
