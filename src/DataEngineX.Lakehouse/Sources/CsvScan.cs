using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// Reads CSV files into a run: good rows become batches, bad rows go to quarantine, a worthless file is reported and the others go on.
/// Rows are judged by all declared columns, whichever of them the plan wants, so that a pushed-down projection never changes what is set aside.
/// </summary>
internal sealed class CsvScan
{
    /// <summary>The operator's name in quarantine rows.</summary>
    internal const string Operator = "read_csv";

    private readonly CsvReadOptions _options;

    internal CsvScan(Schema declared, CsvReadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(declared);
        var parsed = declared.FieldsList.Where(f => f.Name is not (RowOrigin.FileColumn or RowOrigin.LineColumn)).ToList();
        foreach (var field in parsed)
        {
            if (!CsvValues.Supports(field.DataType))
            {
                throw new PlanException(
                    $"Column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be read from CSV; read it as text and convert.", Operator, field.Name);
            }
        }

        _options = (options ?? new CsvReadOptions()) with { Schema = new Schema(parsed, null), OriginColumns = true };
        var origin = new List<Field>(parsed)
        {
            new(RowOrigin.FileColumn, Apache.Arrow.Types.StringType.Default, nullable: false),
            new(RowOrigin.LineColumn, Apache.Arrow.Types.Int64Type.Default, nullable: false),
        };
        Schema = new Schema(origin, null);
    }

    /// <summary>The columns of the rows: the declared ones, then file and line.</summary>
    internal Schema Schema { get; }

    internal void WriteCanonical(CanonicalWriter writer) => writer
        .List("columns", _options.Schema!.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)}:{ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"))
        .Field("separator", _options.Separator.ToString())
        .Flag("no_header", !_options.HasHeader)
        .Flag("allow_missing", _options.AllowMissingNullableColumns)
        .List("null_texts", _options.NullTexts.Select(CanonicalWriter.Quote));

    internal async IAsyncEnumerable<RecordBatch> ReadAsync(
        Stream stream, string name, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = request.Context;
        if (await OpenAsync(stream, name, context, cancellationToken).ConfigureAwait(false) is not { } reader)
            yield break;
        await using (reader.ConfigureAwait(false))
        {
            var rejects = new List<CsvReject>();
            await foreach (var batch in reader.ReadAsync(context.Allocator, rejects.Add, cancellationToken).ConfigureAwait(false))
            {
                RecordBatch projected;
                using (batch)
                {
                    await QuarantineAsync(rejects, context, cancellationToken).ConfigureAwait(false);
                    projected = Project(batch, request.Schema);
                }

                yield return projected;
            }

            await QuarantineAsync(rejects, context, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<CsvReader?> OpenAsync(Stream stream, string name, OperatorContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await CsvReader.OpenAsync(stream, name, _options with { BatchRows = context.BatchRows }, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceRefusedException refused)
        {
            context.ReportRefused(refused);
            return null;
        }
    }

    private static RecordBatch Project(RecordBatch batch, Schema wanted) => new(
        wanted, wanted.FieldsList.Select(f => ArrowArrayFactory.BuildArray(batch.Column(f.Name).Data.Retain())).ToList(), batch.Length);

    private static async ValueTask QuarantineAsync(List<CsvReject> rejects, OperatorContext context, CancellationToken cancellationToken)
    {
        if (rejects.Count == 0)
            return;
        var rows = BatchBuilder.For(QuarantineSchema.Schema);
        foreach (var reject in rejects)
        {
            rows.Text(0, Operator);
            rows.Text(1, reject.File);
            rows.Value(2, reject.Line);
            rows.Text(3, reject.Rule);
            rows.Text(4, reject.Column);
            rows.Text(5, reject.Value);
            rows.Text(6, reject.Reason);
            rows.Text(7, Violation(reject));
            rows.Text(8, reject.Text);
        }

        context.Rows.Add(RowFlow.In, rejects.Count);
        context.Rows.Add(RowFlow.Refused, rejects.Count);
        rejects.Clear();
        await context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(rows.Build(context.Allocator), cancellationToken).ConfigureAwait(false);
    }

    private static string Violation(CsvReject reject)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("rule", reject.Rule);
            json.WriteString("column", reject.Column);
            json.WriteString("value", reject.Value);
            json.WriteString("reason", reject.Reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
