using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads the rows that an operator has set aside and that are still to be done: a replay takes those that pass out of the quarantine.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="gate">The operator that set them aside.</param>
/// <param name="rows">The columns of its input.</param>
internal sealed class QuarantineSource(string pipeline, string gate, Schema rows) : BatchSource
{
    private const string NoVersion = "-";

    public override DatasetId Dataset { get; } = DatasetId.Table(Layer.Quarantine, pipeline);

    public override bool SupportsIncremental => true;

    /// <summary>The columns of the operator's input.</summary>
    public Schema Rows { get; } = rows;

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("gate", gate);

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(Rows);

    /// <summary>All rows that stand in the quarantine now; the position only tells whether anything has changed since the last replay.</summary>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        var table = await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return new InputVersion(Dataset, NoVersion, null, HasData: false);
        var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var position = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        return new InputVersion(Dataset, position, null, snapshot.RowCount > 0 && position != since);
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await request.Context.Data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{Dataset} was there when the run was planned and is gone.");
        var scan = new TableScan
        {
            Version = long.Parse(request.Input.Position, CultureInfo.InvariantCulture),
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
        var documents = new List<JsonDocument>();
        var columns = new List<IArrowArray>(schema.FieldsList.Count);
        try
        {
            for (var row = 0; row < texts.Length; row++)
            {
                if (string.Equals(gates.GetString(row), gate, StringComparison.Ordinal))
                    documents.Add(JsonDocument.Parse(texts.GetString(row) ?? "{}"));
            }

            if (documents.Count == 0)
                return null;
            foreach (var field in schema.FieldsList)
                columns.Add(Column(field, documents, allocator));
            return new RecordBatch(schema, columns, documents.Count);
        }
        catch
        {
            foreach (var column in columns)
                column.Dispose();
            throw;
        }
        finally
        {
            foreach (var document in documents)
                document.Dispose();
        }
    }

    private IArrowArray Column(Field field, List<JsonDocument> documents, MemoryAllocator allocator)
    {
        var values = documents.ConvertAll(d => d.RootElement.TryGetProperty(field.Name, out var value) ? value : default);
        if (!field.IsNullable && values.Exists(v => v.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined))
            throw new DataEngineXException($"A row of {Dataset} has no value in '{field.Name}', which '{gate}' of '{pipeline}' takes as never null: the pipeline was changed since it was set aside.");
        try
        {
            return SetAsideCells.Read(field.DataType, values, allocator);
        }
        catch (FormatException e)
        {
            throw new DataEngineXException($"A row of {Dataset} cannot be replayed: in column '{field.Name}' {e.Message}.", e);
        }
    }
}
