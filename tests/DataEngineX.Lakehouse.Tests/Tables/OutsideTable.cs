using System.Globalization;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Tests.Delta;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>
/// A table of another engine with the columns id (the key), part and a struct pair of a and b, mapped to other names, whose rows keep their numbers: as much of what
/// the protocol asks of writers as one table can have.
/// </summary>
public sealed class OutsideTable : IDisposable
{
    public const string Number = "_row-id-col";
    public const string Version = "_row-commit-version-col";

    private const string Pair = "{\"type\":\"struct\",\"fields\":["
        + "{\"name\":\"a\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{\"delta.columnMapping.id\":10,\"delta.columnMapping.physicalName\":\"col-a\"}},"
        + "{\"name\":\"b\",\"type\":\"string\",\"nullable\":true,\"metadata\":{\"delta.columnMapping.id\":11,\"delta.columnMapping.physicalName\":\"col-b\"}}]}";

    private readonly HandTable _hand = new();

    /// <param name="mode">How columns are mapped.</param>
    /// <param name="partitioned">Whether the table is partitioned by part.</param>
    /// <param name="vectors">Whether changed rows are hidden by deletion vectors.</param>
    public OutsideTable(string mode = "name", bool partitioned = false, bool vectors = false)
    {
        List<string> features = ["columnMapping", "rowTracking", "domainMetadata", "changeDataFeed", "appendOnly", "invariants"];
        List<string> readers = ["columnMapping"];
        if (vectors)
        {
            features.Add("deletionVectors");
            readers.Add("deletionVectors");
        }

        var add = HandTable.Add("f0.parquet", partitioned ? "{\"col-p\":\"x\"}" : "{}", "{\"numRecords\":3}")
            .Replace("\"dataChange\"", "\"baseRowId\":0,\"defaultRowCommitVersion\":0,\"dataChange\"", StringComparison.Ordinal);
        _hand.Entry(
            0,
            $"{{\"protocol\":{{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[{Quoted(readers)}],\"writerFeatures\":[{Quoted(features)}]}}}}",
            HandTable.Metadata(
                [HandTable.Field("id", "long", 7, "col-i"), HandTable.Field("part", "string", 8, "col-p"), HandTable.Field("pair", Pair, 9, "col-s")],
                partitioned ? ["part"] : null,
                $"delta.columnMapping.mode={mode}", "delta.columnMapping.maxColumnId=20", "delta.enableRowTracking=true", "delta.enableChangeDataFeed=true",
                $"delta.rowTracking.materializedRowIdColumnName={Number}", $"delta.rowTracking.materializedRowCommitVersionColumnName={Version}",
                $"delta.enableDeletionVectors={(vectors ? "true" : "false")}"),
            "{\"domainMetadata\":{\"domain\":\"delta.rowTracking\",\"configuration\":\"{\\\"rowIdHighWaterMark\\\":2}\",\"removed\":false}}",
            add);
        _hand.Parquet(
            "f0.parquet",
            $"select i::bigint as \"col-i\"{(partitioned ? "" : ", 'x' as \"col-p\"")}, {{'col-a': i::integer, 'col-b': 'b' || i}} as \"col-s\" from range(3) t(i)",
            $", field_ids {{'col-i': 7{(partitioned ? "" : ", 'col-p': 8")}, 'col-s': {{__duckdb_field_id: 9, 'col-a': 10, 'col-b': 11}}}}");
    }

    public HandTable Hand => _hand;

    public void Dispose() => _hand.Dispose();

    public static Schema Schema { get; } = new(
    [
        new Field("id", Int64Type.Default, nullable: true), new Field("part", StringType.Default, nullable: true),
        new Field("pair", new StructType([new Field("a", Int32Type.Default, nullable: true), new Field("b", StringType.Default, nullable: true)]), nullable: true),
    ], null);

    public static RecordBatch Batch(params (long Id, string? Part, int? A)[] rows)
    {
        var (ids, parts, firsts, seconds) = (new Int64Array.Builder(), new StringArray.Builder(), new Int32Array.Builder(), new StringArray.Builder());
        foreach (var (id, part, a) in rows)
        {
            ids.Append(id);
            parts.Append(part);
            firsts.Append(a);
            seconds.Append(a is null ? null : $"b{a}");
        }

        var pair = new StructArray(Schema.FieldsList[2].DataType, rows.Length, [firsts.Build(), seconds.Build()], ArrowBuffer.Empty);
        return new RecordBatch(Schema, [ids.Build(), parts.Build(), pair], rows.Length);
    }

    /// <summary>Writes rows as a pipeline does.</summary>
    public async Task<CommitResult> WriteAsync(long sequence, WriteDisposition disposition, RecordBatch batch, SchemaEvolution evolution = SchemaEvolution.None)
    {
        var request = new TableWriteRequest
        {
            Table = _hand.Id,
            Schema = batch.Schema,
            Disposition = disposition,
            Evolution = evolution,
            Key = disposition is WriteDisposition.Append or WriteDisposition.Replace ? [] : ["id"],
            Clauses = disposition == WriteDisposition.Merge
                ? [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert(), MergeClause.WhenNotMatchedBySourceDelete(DataEngineX.Expressions.Columns.Col("id") == 0L)]
                : [],
            Record = new CommitRecord
            {
                Pipeline = "p",
                Target = _hand.Id,
                RunId = $"run{sequence}",
                RunKey = $"key{sequence}",
                Sequence = sequence,
                FencingToken = 1,
                Cursor = new Cursor(new Dictionary<string, string> { ["in"] = $"{sequence}" }),
                Timestamp = DateTimeOffset.UnixEpoch,
            },
        };
        await using var writer = await _hand.Catalog.OpenWriterAsync(request);
        await writer.TakeAsync(batch, CancellationToken.None);
        return await writer.CommitAsync(request.Record, CancellationToken.None);
    }

    public async Task<CommitResult> ApplyAsync(TableOperation operation) => await (await _hand.TableAsync()).ApplyAsync(operation);

    public async Task<List<string>> RowsAsync() => [.. (await _hand.RowsAsync()).Order(StringComparer.Ordinal)];

    /// <summary>The rows as no code of ours reads them.</summary>
    public List<string> Outside() => [.. OutsideReader.Query(
            _hand[""], "select id::varchar || '|' || coalesce(part, 'null') || '|(' || coalesce((pair).\"col-a\"::varchar, 'null') || ', ' || coalesce((pair).\"col-b\", 'null') || ')' from TABLE")
        .Order(StringComparer.Ordinal)];

    /// <summary>By key the number of the row, the version that wrote it, and its values, as no code of ours reads them.</summary>
    public Dictionary<long, (long Number, long Version, string Values)> Numbers()
    {
        var rows = OutsideReader.QueryNumbers(_hand[""], "select id::varchar, _row_id::varchar, _row_version::varchar, coalesce(part, 'null') || coalesce((pair).\"col-a\", -1)::varchar from TABLE");
        return rows.Select(r => r.Split('|')).ToDictionary(
            c => long.Parse(c[0], CultureInfo.InvariantCulture), c => (long.Parse(c[1], CultureInfo.InvariantCulture), long.Parse(c[2], CultureInfo.InvariantCulture), c[3]));
    }

    public JsonNode[] Actions(long version) =>
        [.. File.ReadAllLines(_hand[string.Create(CultureInfo.InvariantCulture, $"_delta_log/{version:D20}.json")]).Select(l => JsonNode.Parse(l)!)];

    private static string Quoted(List<string> names) => string.Join(',', names.Select(n => $"\"{n}\""));
}
