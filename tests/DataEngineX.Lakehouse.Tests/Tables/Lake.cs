using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>A small lakehouse of one table with the columns id (the key), name and amount.</summary>
public sealed class Lake : IDisposable
{
    public static readonly Schema Schema = new(
    [
        new Field("id", Int64Type.Default, nullable: false),
        new Field("name", StringType.Default, nullable: true),
        new Field("amount", DoubleType.Default, nullable: true),
    ], null);

    private readonly TimeProvider _clock;

    public Lake(IObjectStore? store = null, IFailpoints? failpoints = null, TimeProvider? clock = null, EngineOptions? options = null)
    {
        _clock = clock ?? TimeProvider.System;
        Store = store ?? new InMemoryObjectStore();
        Failpoints = failpoints ?? NoFailpoints.Instance;
        Catalog = new DeltaTableCatalog(Store, _clock, Failpoints, options);
    }

    public IObjectStore Store { get; }

    public IFailpoints Failpoints { get; }

    public DeltaTableCatalog Catalog { get; }

    public DatasetId Id { get; init; } = DatasetId.Table(Layer.Silver, "readings");

    /// <summary>What the table is partitioned by.</summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    public CountingAllocator Allocator { get; } = new();

    public void Dispose() => Allocator.Dispose();

    /// <summary>Another catalog over the same store, as another process has it.</summary>
    public Lake Reopened(IFailpoints? failpoints = null) => new(Store, failpoints, _clock) { Id = Id, PartitionColumns = PartitionColumns };

    public CommitRecord Record(long sequence, string key = "", string pipeline = "p", long token = 1, string? runId = null, string position = "") => new()
    {
        Pipeline = pipeline,
        Target = Id,
        RunId = runId ?? $"run{sequence}{pipeline}{key}",
        RunKey = key.Length == 0 ? $"key-{pipeline}-{sequence}" : key,
        Sequence = sequence,
        FencingToken = token,
        Cursor = new Cursor(new Dictionary<string, string> { ["bronze/source"] = position.Length == 0 ? $"{sequence}" : position }),
        Timestamp = new DateTimeOffset(2015, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public TableWriteRequest Request(CommitRecord record, WriteDisposition disposition = WriteDisposition.Append, Schema? schema = null, params string[] key) => new()
    {
        Table = Id,
        Schema = schema ?? Schema,
        Disposition = disposition,
        Key = key.Length == 0 && disposition is not (WriteDisposition.Append or WriteDisposition.Replace) ? ["id"] : key,
        Clauses = disposition == WriteDisposition.Merge ? [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()] : [],
        PartitionColumns = PartitionColumns,
        Record = record,
        Allocator = Allocator,
    };

    public Task<CommitResult> AppendAsync(CommitRecord record, params (long? Id, string? Name, double? Amount)[] rows) =>
        WriteAsync(Request(record), Batch(rows));

    public Task<CommitResult> ReplaceAsync(CommitRecord record, params (long? Id, string? Name, double? Amount)[] rows) =>
        WriteAsync(Request(record, WriteDisposition.Replace), Batch(rows));

    public Task<CommitResult> UpsertAsync(CommitRecord record, params (long? Id, string? Name, double? Amount)[] rows) =>
        WriteAsync(Request(record, WriteDisposition.Upsert), Batch(rows));

    public async Task<CommitResult> WriteAsync(TableWriteRequest request, params RecordBatch[] batches)
    {
        await using var writer = await Catalog.OpenWriterAsync(request);
        foreach (var batch in batches)
            await writer.TakeAsync(batch, CancellationToken.None);
        return await writer.CommitAsync(request.Record, CancellationToken.None);
    }

    public async Task<ITable> TableAsync() => await Catalog.FindAsync(Id) ?? throw new InvalidOperationException($"{Id} is not there.");

    public async Task<TableSnapshot> SnapshotAsync() => await (await TableAsync()).GetSnapshotAsync();

    public async Task<List<string>> RowsAsync(TableScan? scan = null) =>
        await Rows.Of((await TableAsync()).ScanAsync((scan ?? new TableScan()) with { Allocator = Allocator }));

    public RecordBatch Batch(params (long? Id, string? Name, double? Amount)[] rows)
    {
        var ids = new Int64Array.Builder();
        var names = new StringArray.Builder();
        var amounts = new DoubleArray.Builder();
        foreach (var (id, name, amount) in rows)
        {
            ids.Append(id);
            if (name is null)
                names.AppendNull();
            else
                names.Append(name);
            amounts.Append(amount);
        }

        return new RecordBatch(Schema, [ids.Build(Allocator), names.Build(Allocator), amounts.Build(Allocator)], rows.Length);
    }

    public async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var info in Store.ListAsync(""))
            keys.Add(info.Key);
        return keys;
    }
}
