using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
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
            if (!CsvColumns.Supports(field.DataType))
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

    internal void WriteCanonical(CanonicalWriter writer)
    {
        var plain = new CsvReadOptions();
        writer
            .List("columns", _options.Schema!.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)}:{ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"))
            .Field("separator", _options.Separator.ToString())
            .Flag("no_header", !_options.HasHeader)
            .Flag("allow_missing", _options.AllowMissingNullableColumns)
            .List("null_texts", _options.NullTexts.Select(CanonicalWriter.Quote));

        // Only what differs from the defaults is written, so that plans made before an option was known keep their fingerprint.
        if (_options.Quote != plain.Quote)
            writer.Field("quote", _options.Quote?.ToString() ?? "none");
        if (_options.Comment is { } comment)
            writer.Field("comment", comment.ToString());
        if (_options.SkipLines != plain.SkipLines)
            writer.Field("skip_lines", _options.SkipLines.ToString(CultureInfo.InvariantCulture));
        if (_options.DecimalSeparator != plain.DecimalSeparator || _options.ThousandsSeparator is not null)
            writer.Field("numbers", $"{_options.ThousandsSeparator}{_options.DecimalSeparator}");
        if (_options.DateFormats.Count > 0)
            writer.List("date_formats", _options.DateFormats.Select(CanonicalWriter.Quote));
        if (_options.TimestampFormats.Count > 0)
            writer.List("timestamp_formats", _options.TimestampFormats.Select(CanonicalWriter.Quote));
        if (_options.Compression != plain.Compression)
            writer.Field("compression", _options.Compression.ToString());
        if (_options.Encoding is { } encoding)
            writer.Field("encoding", encoding.WebName);
        if (_options.MaxRecordBytes != plain.MaxRecordBytes)
            writer.Field("max_record_bytes", _options.MaxRecordBytes.ToString(CultureInfo.InvariantCulture));
        writer.Flag("trim", _options.Trim);
        writer.Flag("unchecked", !_options.CheckFirst);
    }

    /// <summary>Reads files in parts: a large one in chunks, a small one as a whole.</summary>
    internal async IAsyncEnumerable<BatchPart> PartsAsync(
        IEnumerable<ScanFile> files, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file.Bytes <= _options.ChunkBytes)
            {
                yield return BatchPart.Of(stop => ReadFileAsync(file, request, stop));
                continue;
            }

            if (await OpenAsync(file, request.Context, cancellationToken).ConfigureAwait(false) is not { } opened)
                continue;
            using (opened)
            {
                await foreach (var chunk in opened.ChunksAsync(cancellationToken).ConfigureAwait(false))
                    yield return new CsvPart(chunk, request);
            }
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadFileAsync(
        ScanFile file, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await OpenAsync(file, request.Context, cancellationToken).ConfigureAwait(false) is not { } opened)
            yield break;
        using (opened)
        {
            await foreach (var chunk in opened.ChunksAsync(cancellationToken).ConfigureAwait(false))
            {
                using var part = new CsvPart(chunk, request);
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    private async ValueTask<CsvFile?> OpenAsync(ScanFile file, OperatorContext context, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await CsvFile.OpenAsync(stream, file.Name, _options with { BatchRows = context.BatchRows }, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceRefusedException refused)
        {
            context.ReportRefused(refused);
            return null;
        }
    }
}
