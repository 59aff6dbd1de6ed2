using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Execution;

public sealed record Numbered(long Part, long Row, string Text);

/// <summary>A source in parts; it counts how many parts are read at once and can fail or hold in one of them.</summary>
internal sealed class PartsSource(int parts, int batchesInPart, int rowsInBatch) : BatchSource
{
    private int _open;
    private int _mostOpen;
    private int _read;

    /// <summary>The part that throws, or -1.</summary>
    public int Fails { get; init; } = -1;

    /// <summary>Runs before each batch is made.</summary>
    public Func<CancellationToken, ValueTask>? Before { get; init; }

    /// <summary>The most parts that were read at the same time.</summary>
    public int MostOpen => _mostOpen;

    /// <summary>Parts whose reading began.</summary>
    public int PartsRead => _read;

    public ScanRequest? Request { get; private set; }

    public override DatasetId Dataset { get; } = new("test", "parts");

    public override bool SupportsPredicate => true;

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(RowShape.SchemaOf<Numbered>());

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize((long)parts * batchesInPart * rowsInBatch, null));

    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("It is read in parts.");

    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken)
    {
        Request = request;
        return BatchStream.Of(Enumerable.Range(0, parts).Select(p => BatchPart.Of(stop => ReadPartAsync(request, p, stop))));
    }

    private async IAsyncEnumerable<RecordBatch> ReadPartAsync(ScanRequest request, int part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _read);
        var open = Interlocked.Increment(ref _open);
        InterlockedMax(open);
        try
        {
            for (var b = 0; b < batchesInPart; b++)
            {
                if (Before is not null)
                    await Before(cancellationToken);
                if (part == Fails)
                    throw new FormatException($"part {part} is broken");
                yield return Batch(request, part, b);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private RecordBatch Batch(ScanRequest request, int part, int batch)
    {
        var rows = Enumerable.Range(batch * rowsInBatch, rowsInBatch).Select(r => new Numbered(part, r, $"row {r}")).ToArray();
        using var all = RowBatch.Create(rows, request.Context.Allocator);
        return new RecordBatch(
            request.Schema,
            request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(all.Column(all.Schema.GetFieldIndex(f.Name)).Data.Retain())),
            all.Length);
    }

    private void InterlockedMax(int open)
    {
        int seen;
        while (open > (seen = _mostOpen) && Interlocked.CompareExchange(ref _mostOpen, open, seen) != seen)
        {
        }
    }
}
