using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Rows in batches of random lengths, some empty, with offsets, each a part; remembers the run's allocator so that a test can see what was left.</summary>
internal class CutSource<TRow>(string name, IReadOnlyList<TRow> rows, int seed, int most) : BatchSource
{
    public TrackingAllocator? Allocator { get; private set; }

    public override DatasetId Dataset { get; } = new("test", name);

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(RowShape.SchemaOf<TRow>());

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Allocator = (TrackingAllocator)request.Context.Allocator;
        var random = new Random(seed);
        for (var start = 0; start < rows.Count;)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            var length = Math.Min(random.Next(most + 1), rows.Count - start);
            var before = Math.Min(start, random.Next(3));
            using var wide = RowBatch.Create([.. rows.Skip(start - before).Take(length + before)], request.Context.Allocator);
            using var all = wide.SliceShared(before, length);
            start += length;
            yield return new RecordBatch(
                request.Schema, request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(all.Column(f.Name).Data.Retain())), length);
        }
    }
}
