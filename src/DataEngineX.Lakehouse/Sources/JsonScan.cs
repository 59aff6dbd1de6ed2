using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Files of JSON lines with declared columns as a part of a plan.</summary>
internal sealed class JsonScan : IFileScan
{
    /// <summary>The operator's name in quarantine rows.</summary>
    internal const string Operator = "read_json_lines";

    private readonly TextScan _scan;
    private readonly TextReread _again;

    internal JsonScan(Schema declared, JsonReadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(declared);
        var parsed = declared.FieldsList.Where(f => f.Name is not (RowOrigin.FileColumn or RowOrigin.LineColumn)).ToList();
        foreach (var field in parsed)
        {
            if (!JsonColumns.Supports(field.DataType))
            {
                throw new PlanException(
                    $"Column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be read from JSON; read it as text and convert.", Operator, field.Name);
            }
        }

        var columns = new Schema(parsed, null);
        var read = (options ?? new JsonReadOptions()) with { Schema = columns, OriginColumns = true };
        var origin = new List<Field>(parsed)
        {
            new(RowOrigin.FileColumn, StringType.Default, nullable: false),
            new(RowOrigin.LineColumn, Int64Type.Default, nullable: false),
        };
        Schema = new Schema(origin, null);
        _scan = new TextScan(Operator, read.ChunkBytes, read.Malformed, (stream, name, rows, stop) =>
            JsonFile.OpenAsync(stream, name, columns, read with { BatchRows = rows }, stop));
        var plain = read with { Compression = TextCompression.None, Encoding = null, IsDocument = false };
        _again = new TextReread(Operator, null, static _ => "", (stream, name, _, rows, stop) =>
            JsonFile.OpenAsync(stream, name, columns, plain with { BatchRows = rows }, stop));
    }

    public Schema Schema { get; }

    public IAsyncEnumerable<BatchPart> PartsAsync(IEnumerable<ScanFile> files, DatasetId source, ScanRequest request, CancellationToken cancellationToken) =>
        _scan.PartsAsync(files, source, request, cancellationToken);

    public IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, DatasetId source, ScanRequest request, CancellationToken cancellationToken) =>
        _again.ReadAsync(rows, source, request, cancellationToken);

    /// <summary>Writes what can change the rows.</summary>
    internal static void WriteCanonical(CanonicalWriter writer, Schema? columns, JsonReadOptions? options)
    {
        options ??= new JsonReadOptions();
        var plain = new JsonReadOptions();
        writer.Field("format", "json_lines");
        if (columns is not null)
            writer.List("columns", columns.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)}:{ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"));
        writer.Flag("sniffed", columns is null);
        if (options.Compression != plain.Compression)
            writer.Field("compression", options.Compression.ToString());
        if (options.Encoding is { } encoding)
            writer.Field("encoding", encoding.WebName);
        if (options.MaxLineBytes != plain.MaxLineBytes)
            writer.Field("max_line_bytes", options.MaxLineBytes.ToString(CultureInfo.InvariantCulture));
        writer.Flag("named_numbers", options.NamedNumbers);
        if (options.MaxDepth != plain.MaxDepth)
            writer.Field("max_depth", options.MaxDepth.ToString(CultureInfo.InvariantCulture));
        writer.Flag("any_as_text", options.AnyValueAsText).Flag("unchecked", !options.CheckFirst).Flag("document", options.IsDocument);
    }
}
