using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Shaping;

/// <summary>Gives one batch in pieces of random lengths, some empty, each a part: slices of it, so that offsets are met.</summary>
internal sealed class BatchesSource(Schema schema, Func<MemoryAllocator, RecordBatch> make, int seed, int most) : BatchSource
{
    public TrackingAllocator? Allocator { get; private set; }

    public override DatasetId Dataset { get; } = new("test", "batches");

    public override bool SupportsIncremental => true;

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(schema);

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Allocator = (TrackingAllocator)request.Context.Allocator;
        var random = new Random(seed);
        using var all = make(request.Context.Allocator);
        for (var start = 0; start < all.Length;)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            var length = Math.Min(random.Next(most + 1), all.Length - start);
            using var piece = all.SliceShared(start, length);
            start += length;
            yield return new RecordBatch(
                request.Schema, request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(piece.Column(f.Name).Data.Retain())), length);
        }
    }
}
