using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.PublicApi.Tests;

/// <summary>A source of one's own that counts its rows by position and can tell what is new.</summary>
public sealed class ListSource(List<Reading> rows) : BatchSource
{
    public override DatasetId Dataset { get; } = new("test", "list");

    public override bool SupportsIncremental => true;

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(RowShape.SchemaOf<Reading>());

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        var position = rows.Count.ToString(CultureInfo.InvariantCulture);
        return ValueTask.FromResult(new InputVersion(Dataset, position, since, position != (since ?? "0")));
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var from = int.Parse(request.Input.Since ?? "0", CultureInfo.InvariantCulture);
        var to = int.Parse(request.Input.Position, CultureInfo.InvariantCulture);
        using var all = RowBatch.Create(rows[from..to], request.Context.Allocator);
        yield return new RecordBatch(
            request.Schema,
            request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(all.Column(f.Name).Data.Retain())),
            all.Length);
    }
}
