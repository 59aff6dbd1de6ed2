using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;

namespace QualityCheck.Data;

/// <summary>A CSV file, read as it is found written.</summary>
internal sealed class CsvData : IData
{
    private readonly CsvReader _reader;
    private readonly NullColumns _columns;

    private CsvData(CsvReader reader, NullColumns columns, string? note) => (_reader, _columns, Note) = (reader, columns, note);

    public Schema Schema => _columns.Schema;

    public string? Note { get; }

    public static async Task<CsvData> OpenAsync(string path, ColumnHints? hints, bool? hasHeader, CancellationToken cancellationToken)
    {
        var report = await SniffAsync(path, hasHeader, cancellationToken);

        // Where a rule names what stands in the first record, it is a header, whatever it looks like.
        if (hasHeader is null && !report.Options.HasHeader && hints is not null && report.FirstRecord.Any(f => hints.Named.Contains(f.Trim())))
            report = await SniffAsync(path, hasHeader = true, cancellationToken);
        var options = report.Options with { Schema = hints?.Apply(report.Schema, hasTypes: false) ?? report.Schema };
        var reader = await CsvReader.OpenAsync(File.OpenRead(path), path, options, cancellationToken);
        var note = hasHeader is null && !options.HasHeader
            ? $"the first line of '{path}' is taken for data ({report.HeaderReason}), so that its columns are {string.Join(", ", Names(options.Schema!))}; "
                + "--header says that it names them, --no-header that it does not"
            : null;
        return new CsvData(reader, new NullColumns(reader.Schema, report.Columns, report.IsWholeFile), note);
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) =>
        _columns.Apply(TextFile.ReadAsync(_reader.ReadAsync, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private static async Task<CsvSniffReport> SniffAsync(string path, bool? hasHeader, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await CsvSniffer.SniffAsync(file, path, null, TextFile.SampleBytes, hasHeader, cancellationToken);
    }

    private static IEnumerable<string> Names(Schema schema) =>
        schema.FieldsList.Count <= 3 ? schema.FieldsList.Select(static f => f.Name) : [schema.FieldsList[0].Name, "...", schema.FieldsList[^1].Name];
}
