using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Gives the rows that the reader of a source has refused to that source again, which may read them otherwise by now.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="source">The source; it reads again what it refused.</param>
/// <param name="rows">Its columns.</param>
/// <param name="isKeeper">Whether rows of the same reader that no source of the pipeline can read again stay where they are because of this one.</param>
/// <param name="siblings">The datasets of all sources that read such rows again, by the same reader.</param>
internal sealed class RefusedSource(string pipeline, BatchSource source, Schema rows, bool isKeeper, IReadOnlySet<string> siblings) : ReplaySource(pipeline, rows)
{
    private static readonly string[] Columns = [.. QuarantineSchema.Schema.FieldsList.Select(f => f.Name)];

    private readonly string _reader = source.RefusedBy!;

    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        source.WriteCanonical(writer.Field("refused_by", _reader).Field("of", source.Dataset.ToString()));
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await foreach (var batch in ScanAsync(request, Columns, cancellationToken).ConfigureAwait(false))
        {
            List<RefusedRow> again;
            using (batch)
                again = await SortAsync(batch, request.Context, cancellationToken).ConfigureAwait(false);
            if (again.Count == 0)
                continue;
            await foreach (var read in source.RereadAsync(again, request, cancellationToken).ConfigureAwait(false))
                yield return read;
        }
    }

    /// <summary>Takes the rows of the source out of a batch; what nobody can read again is put back as it is.</summary>
    private async ValueTask<List<RefusedRow>> SortAsync(RecordBatch batch, OperatorContext context, CancellationToken cancellationToken)
    {
        var (again, back) = (new List<RefusedRow>(), new List<int>());
        var (operators, files, lines) = (Texts(batch, QuarantineSchema.Operator), Texts(batch, QuarantineSchema.File), (Int64Array)batch.Column(Place(QuarantineSchema.Line)));
        var (violations, texts) = (Texts(batch, QuarantineSchema.Violations), Texts(batch, QuarantineSchema.Row));
        for (var row = 0; row < batch.Length; row++)
        {
            if (!string.Equals(operators.GetString(row), _reader, StringComparison.Ordinal))
                continue;
            var (from, header) = Origin(violations.GetString(row));
            if (from is null || !siblings.Contains(from) || files.IsNull(row) || lines.IsNull(row) || texts.IsNull(row))
                back.Add(row);
            else if (string.Equals(from, source.Dataset.ToString(), StringComparison.Ordinal))
                again.Add(new RefusedRow(files.GetString(row), lines.GetValue(row)!.Value, texts.GetString(row), header));
        }

        if (isKeeper && back.Count > 0)
        {
            context.Rows.Add(RowFlow.In, back.Count);
            context.Rows.Add(RowFlow.Refused, back.Count);
            await context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(Selection.Take(batch, [.. back], context.Allocator), cancellationToken).ConfigureAwait(false);
        }

        return again;
    }

    private static int Place(string column) => QuarantineSchema.Schema.GetFieldIndex(column);

    private static StringArray Texts(RecordBatch batch, string column) => (StringArray)batch.Column(Place(column));

    /// <summary>The source that refused a row and the names of its fields; no source where the text is not whole, or nobody has said.</summary>
    private static (string? From, IReadOnlyList<string>? Header) Origin(string? violations)
    {
        if (violations is null)
            return default;
        try
        {
            using var document = JsonDocument.Parse(violations);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } all || all.GetArrayLength() == 0)
                return default;
            var first = all[0];
            if (!first.TryGetProperty(QuarantineSchema.ViolationSource, out var from) || first.TryGetProperty(QuarantineSchema.ViolationCut, out _))
                return default;
            return (from.GetString(), first.TryGetProperty(QuarantineSchema.ViolationHeader, out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
