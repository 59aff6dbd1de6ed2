using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality.Tests.Support;

/// <summary>Three rows with bytes, a duration, a struct and a list; in the last one everything but the id is null.</summary>
internal sealed class NestedRows : BatchSource
{
    private static readonly StructType Place = new([new Field("x", Int32Type.Default, true), new Field("name", StringType.Default, true)]);
    private static readonly ListType Tags = new(new Field("item", StringType.Default, true));

    private static readonly Schema Columns = new(
    [
        new Field("id", Int64Type.Default, false),
        new Field("bytes", BinaryType.Default, true),
        new Field("took", DurationType.Microsecond, true),
        new Field("place", Place, true),
        new Field("tags", Tags, true),
    ], null);

    public override DatasetId Dataset { get; } = new("test", "nested");

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("rows", 3);

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => new(Columns);

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => new(new InputVersion(Dataset, "1", since, true));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var all = Batch();
        yield return new RecordBatch(request.Schema, request.Schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(all.Column(Columns.GetFieldIndex(f.Name)).Data.Retain())), 3);
    }

    private static RecordBatch Batch()
    {
        var x = new Int32Array.Builder().Append(7).AppendNull().AppendNull().Build();
        var name = new StringArray.Builder().Append("é").Append("b").AppendNull().Build();
        var tags = new StringArray.Builder().Append("one").AppendNull().Append("two").Build();
        var took = new Int64Array.Builder().Append(-1_500_000).Append(90_000_000_001).AppendNull().Build();
        var present = new ArrowBuffer.BitmapBuilder().Append(true).Append(true).Append(false).Build();
        var ends = new Int32Array.Builder().Append(0).Append(3).Append(3).Append(3).Build();
        return new RecordBatch(Columns,
        [
            new Int64Array.Builder().Append(1).Append(2).Append(3).Build(),
            new BinaryArray.Builder().Append([0, 255, 7]).Append([]).AppendNull().Build(),
            new DurationArray(new ArrayData(DurationType.Microsecond, 3, 1, 0, took.Data.Buffers)),
            new StructArray(new ArrayData(Place, 3, 1, 0, [present], [x.Data, name.Data])),
            new ListArray(new ArrayData(Tags, 3, 1, 0, [present.Retain(), ends.Data.Buffers[1]], [tags.Data])),
        ], 3);
    }
}
