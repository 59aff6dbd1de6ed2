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
internal sealed class QuarantineSource(string pipeline, string gate, Schema rows) : ReplaySource(pipeline, rows)
{
    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("gate", gate);

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in ScanAsync(request, [QuarantineSchema.Operator, QuarantineSchema.Row], cancellationToken).ConfigureAwait(false))
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
            throw new DataEngineXException($"A row of {Dataset} has no value in '{field.Name}', which '{gate}' takes as never null: the pipeline was changed since it was set aside.");
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
