using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Json;

namespace QualityCheck.Data;

/// <summary>
/// A file of JSON lines. One without any line says nothing of its columns: those that rules name are taken to be there, so that a day without rows is not
/// a day of missing columns.
/// </summary>
internal sealed class JsonData : IData
{
    private readonly JsonLinesReader? _reader;
    private readonly NullColumns? _columns;

    private JsonData(Schema schema, JsonLinesReader? reader = null, NullColumns? columns = null) => (Schema, _reader, _columns) = (schema, reader, columns);

    public Schema Schema { get; }

    public static async Task<JsonData> OpenAsync(string path, ColumnHints? hints, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length == 0)
            return new JsonData(new Schema([.. (hints?.Named ?? []).Select(static n => new Field(n, NullType.Default, nullable: true))], null));
        JsonSniffReport found;
        await using (var file = File.OpenRead(path))
            found = await JsonSniffer.SniffAsync(file, path, new JsonReadOptions { NamedNumbers = true }, TextFile.SampleBytes, cancellationToken);

        // Numbers and flags in a column of texts are told as they are written.
        var options = found.Options with { Schema = hints?.Apply(found.Schema, hasTypes: true) ?? found.Schema, AnyValueAsText = true };
        var reader = await JsonLinesReader.OpenAsync(File.OpenRead(path), path, options, cancellationToken);
        var columns = new NullColumns(reader.Schema, found.Columns, found.IsWholeFile);
        return new JsonData(columns.Schema, reader, columns);
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) => _reader is null
        ? AsyncEnumerable.Empty<RecordBatch>()
        : _columns!.Apply(TextFile.ReadAsync(_reader.ReadAsync, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
