using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Incremental;

public sealed record Order(long Id, string? Station, long Amount);

/// <summary>A table that a test changes commit by commit, as any writer might: appends, upserts, deletions, replacements.</summary>
internal sealed class Upstream(InMemoryLakehouse lake, string name)
{
    private static readonly Schema Schema = new(
        [new Field("id", Int64Type.Default, false), new Field("station", StringType.Default, true), new Field("amount", Int64Type.Default, false)], null);

    private long _sequence;

    public DatasetId Id { get; } = DatasetId.Table(Layer.Silver, name);

    public Task AppendAsync(params Order[] rows) => WriteAsync(WriteDisposition.Append, rows, null);

    public Task UpsertAsync(params Order[] rows) => WriteAsync(WriteDisposition.Upsert, rows, null);

    public Task ReplaceAsync(params Order[] rows) => WriteAsync(WriteDisposition.Replace, rows, null);

    public Task DeleteAsync(Expr condition) => WriteAsync(WriteDisposition.Replace, [], condition);

    private async Task WriteAsync(WriteDisposition disposition, Order[] rows, Expr? where)
    {
        var cancel = TestContext.Current.CancellationToken;
        var record = new CommitRecord
        {
            Pipeline = "upstream",
            Target = Id,
            RunId = $"r{++_sequence}",
            RunKey = $"k{_sequence}",
            Sequence = _sequence,
            FencingToken = 1,
            Cursor = Cursor.Empty,
        };
        await using var writer = await lake.Tables.OpenWriterAsync(
            new TableWriteRequest
            {
                Table = Id,
                Schema = Schema,
                Disposition = disposition,
                Key = disposition == WriteDisposition.Upsert ? ["id"] : [],
                Where = where,
                Record = record,
            },
            cancel);
        if (rows.Length > 0)
            await writer.TakeAsync(Batch(rows), cancel);
        await writer.CommitAsync(record, cancel);
    }

    private static RecordBatch Batch(Order[] rows)
    {
        var (ids, stations, amounts) = (new Int64Array.Builder(), new StringArray.Builder(), new Int64Array.Builder());
        foreach (var row in rows)
        {
            ids.Append(row.Id);
            if (row.Station is null)
                stations.AppendNull();
            else
                stations.Append(row.Station);
            amounts.Append(row.Amount);
        }

        var allocator = MemoryAllocator.Default.Value;
        return new RecordBatch(Schema, [ids.Build(allocator), stations.Build(allocator), amounts.Build(allocator)], rows.Length);
    }
}
