using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads rows that a gate has set aside, each column as text; what follows turns them into the types that the gate takes.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="gate">The operator that set them aside.</param>
/// <param name="rows">The columns of its input.</param>
internal sealed class QuarantineSource(string pipeline, string gate, Schema rows) : BatchSource
{
    private const string NoVersion = "-";

    public override DatasetId Dataset { get; } = DatasetId.Table(Layer.Quarantine, pipeline);

    public override bool SupportsIncremental => true;

    /// <summary>The columns of the gate's input as text.</summary>
    public Schema Texts { get; } = new([.. rows.FieldsList.Select(f => new Field(f.Name, StringType.Default, f.IsNullable))], null);

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("gate", gate);

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(Texts);

    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        var table = await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return new InputVersion(Dataset, NoVersion, null, HasData: false);
        var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var position = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        return new InputVersion(Dataset, position, since, position != since);
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await request.Context.Data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{Dataset} was there when the run was planned and is gone.");
        var scan = new TableScan
        {
            Version = long.Parse(request.Input.Position, CultureInfo.InvariantCulture),
            Since = request.Input.Since is { } since ? long.Parse(since, CultureInfo.InvariantCulture) : null,
            Columns = [QuarantineSchema.Operator, QuarantineSchema.Row],
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            RecordBatch? read;
            using (batch)
                read = Read((StringArray)batch.Column(0), (StringArray)batch.Column(1), request.Schema, request.Context.Allocator);
            if (read is not null)
                yield return read;
        }
    }

    private RecordBatch? Read(StringArray gates, StringArray texts, Schema schema, MemoryAllocator allocator)
    {
        var columns = schema.FieldsList.Select(_ => new StringArray.Builder()).ToArray();
        var count = 0;
        for (var row = 0; row < texts.Length; row++)
        {
            if (!string.Equals(gates.GetString(row), gate, StringComparison.Ordinal))
                continue;
            using var document = JsonDocument.Parse(texts.GetString(row));
            for (var i = 0; i < columns.Length; i++)
                Append(columns[i], schema.FieldsList[i], document.RootElement);
            count++;
        }

        return count == 0 ? null : new RecordBatch(schema, columns.Select(c => c.Build(allocator)), count);
    }

    private void Append(StringArray.Builder column, Field field, JsonElement row)
    {
        if (row.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null)
            column.Append(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        else if (field.IsNullable)
            column.AppendNull();
        else
            throw new DataEngineXException($"A row of {Dataset} has no value in '{field.Name}', which the gate '{gate}' of '{pipeline}' takes as never null: the pipeline was changed since it was set aside.");
    }
}
