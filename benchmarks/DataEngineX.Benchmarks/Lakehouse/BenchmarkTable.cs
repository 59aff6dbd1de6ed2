using Apache.Arrow;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>A Delta table in a temporary folder, written through the catalog.</summary>
internal sealed class BenchmarkTable : IDisposable
{
    private long _sequence;

    public BenchmarkTable()
    {
        Folder = Directory.CreateTempSubdirectory("dex-benchmark").FullName;
        Catalog = new DeltaTableCatalog(new LocalObjectStore(Folder), TimeProvider.System, NoFailpoints.Instance);
    }

    public static DatasetId Id { get; } = DatasetId.Table(Layer.Silver, "observations");

    public string Folder { get; }

    public DeltaTableCatalog Catalog { get; }

    public async Task<CommitResult> WriteAsync(WriteDisposition disposition, IReadOnlyList<string> key, IReadOnlyList<RecordBatch> batches)
    {
        _sequence++;
        var record = new CommitRecord
        {
            Pipeline = "benchmark",
            Target = Id,
            RunId = $"run-{_sequence}",
            RunKey = $"key-{_sequence}",
            Sequence = _sequence,
            FencingToken = _sequence,
            Cursor = Cursor.Empty,
        };
        await using var writer = await Catalog.OpenWriterAsync(
            new TableWriteRequest { Table = Id, Schema = batches[0].Schema, Disposition = disposition, Key = key, Record = record }).ConfigureAwait(false);
        foreach (var batch in batches)
            await writer.TakeAsync(batch.SliceShared(0, batch.Length), CancellationToken.None).ConfigureAwait(false);
        return await writer.CommitAsync(record, CancellationToken.None).ConfigureAwait(false);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
