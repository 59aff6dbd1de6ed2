using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX;
using DataEngineX.Lakehouse.Csv;

namespace QualityCheck.Data;

/// <summary>A CSV file, read as it is found written.</summary>
internal sealed class CsvData : IData
{
    private readonly CsvReader _reader;
    private readonly NullColumns _columns;

    private CsvData(CsvReader reader, NullColumns columns) => (_reader, _columns) = (reader, columns);

    public Schema Schema => _columns.Schema;

    public static async Task<CsvData> OpenAsync(string path, ColumnHints? hints, CancellationToken cancellationToken)
    {
        CsvSniffReport report;
        await using (var file = File.OpenRead(path))
            report = await CsvSniffer.SniffAsync(file, path, null, TextFile.SampleBytes, cancellationToken);
        var found = report.Options;
        if (!found.HasHeader && hints is not null && await NamedHeaderAsync(path, found, hints, cancellationToken) is { } names)
            found = found with { HasHeader = true, Schema = new Schema([.. names.Select(static n => new Field(n, StringType.Default, nullable: true))], null) };
        var options = found with { Schema = hints?.Apply(found.Schema!, hasTypes: false) ?? found.Schema };
        var reader = await CsvReader.OpenAsync(File.OpenRead(path), path, options, cancellationToken);
        return new CsvData(reader, new NullColumns(reader.Schema, report.Columns, report.IsWholeFile));
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) =>
        _columns.Apply(TextFile.ReadAsync(_reader.ReadAsync, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>The names in the first record when a rule names one of them: then it is a header, whatever it looks like.</summary>
    private static async Task<IReadOnlyList<string>?> NamedHeaderAsync(
        string path, CsvReadOptions found, ColumnHints hints, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await CsvReader.OpenAsync(
                File.OpenRead(path), path, found with { HasHeader = true, Schema = null, CheckFirst = false }, cancellationToken);
            return reader.Header.Any(hints.Named.Contains) ? reader.Header : null;
        }
        catch (SourceRefusedException)
        {
            return null;
        }
    }
}
