using System.Globalization;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>CSV files with declared columns as a part of a plan.</summary>
internal sealed class CsvScan : IFileScan
{
    /// <summary>The operator's name in quarantine rows.</summary>
    internal const string Operator = "read_csv";

    private readonly CsvReadOptions _options;
    private readonly TextScan _scan;
    private readonly TextReread _again;

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
        _scan = new TextScan(Operator, _options.ChunkBytes, _options.Malformed, async (stream, name, rows, stop) =>
            (await CsvFile.OpenAsync(stream, name, _options with { BatchRows = rows }, stop).ConfigureAwait(false)).File);

        // A record in the quarantine is text: neither compressed nor in the encoding of its file.
        var plain = _options with { Compression = TextCompression.None, Encoding = null, SkipLines = 0 };
        _again = new TextReread(Operator, _options.Quote, HeaderLine, async (stream, name, hasHeader, rows, stop) =>
            (await CsvFile.OpenAsync(stream, name, plain with { BatchRows = rows, HasHeader = hasHeader }, stop).ConfigureAwait(false)).File);
    }

    /// <summary>The columns of the rows: the declared ones, then file and line.</summary>
    public Schema Schema { get; }

    private string HeaderLine(IReadOnlyList<string> names) => string.Join(_options.Separator, names.Select(name =>
        _options.Quote is { } quote ? $"{quote}{name.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}" : name));

    /// <summary>Writes what can change the rows, of files whose columns are declared.</summary>
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
        if (_options.AllowUnnamedColumns)
            writer.Flag("allow_unnamed", true);
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

    public IAsyncEnumerable<BatchPart> PartsAsync(IEnumerable<ScanFile> files, DatasetId source, ScanRequest request, CancellationToken cancellationToken) =>
        _scan.PartsAsync(files, source, request, cancellationToken);

    public IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, DatasetId source, ScanRequest request, CancellationToken cancellationToken) =>
        _again.ReadAsync(rows, source, request, cancellationToken);
}
