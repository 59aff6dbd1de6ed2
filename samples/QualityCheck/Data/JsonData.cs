using Apache.Arrow;
using DataEngineX.Lakehouse.Json;

namespace QualityCheck.Data;

/// <summary>A file of JSON lines.</summary>
internal sealed class JsonData : IData
{
    private readonly JsonLinesReader _reader;
    private readonly NullColumns _columns;

    private JsonData(JsonLinesReader reader, NullColumns columns) => (_reader, _columns) = (reader, columns);

    public Schema Schema => _columns.Schema;

    public static async Task<JsonData> OpenAsync(string path, ColumnHints? hints, CancellationToken cancellationToken)
    {
        JsonSniffReport found;
        await using (var file = File.OpenRead(path))
            found = await JsonSniffer.SniffAsync(file, path, new JsonReadOptions { NamedNumbers = true }, TextFile.SampleBytes, cancellationToken);

        // Numbers and flags in a column of texts are told as they are written.
        var options = found.Options with { Schema = hints?.Apply(found.Schema, hasTypes: true) ?? found.Schema, AnyValueAsText = true };
        var reader = await JsonLinesReader.OpenAsync(File.OpenRead(path), path, options, cancellationToken);
        return new JsonData(reader, new NullColumns(reader.Schema, found.Columns, found.IsWholeFile));
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) =>
        _columns.Apply(TextFile.ReadAsync(_reader.ReadAsync, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
