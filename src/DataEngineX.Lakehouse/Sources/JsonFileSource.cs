using Apache.Arrow;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads files of JSON lines of the local disk: all of them in each run or, incrementally, those that are new.</summary>
public sealed class JsonFileSource : BatchSource
{
    private readonly TextFiles _files;
    private readonly Schema? _columns;
    private readonly JsonReadOptions? _options;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    /// <param name="columns">The columns of the files. File and line of each row are added as <see cref="RowOrigin"/> names them.
    /// <value>Default: null, those that <see cref="JsonSniffer"/> finds in the first file.</value></param>
    /// <param name="options">How the files are read; its schema, origin columns and batch size are not used. <value>Default: null, the defaults.</value></param>
    /// <exception cref="PlanException">A column has a type that no JSON value stands for.</exception>
    public JsonFileSource(string path, Schema? columns = null, JsonReadOptions? options = null)
    {
        _columns = columns;
        _options = options;
        _files = new TextFiles(path, columns is null ? null : new JsonScan(columns, options), async (stream, name, stop) =>
        {
            var report = await JsonSniffer.SniffAsync(stream, name, options, cancellationToken: stop).ConfigureAwait(false);
            return new JsonScan(report.Schema, report.Options);
        });
    }

    private JsonFileSource(JsonFileSource whole)
    {
        _columns = whole._columns;
        _options = whole._options;
        _files = whole._files.AsIncremental();
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override string RefusedBy => JsonScan.Operator;

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, ScanRequest request, CancellationToken cancellationToken) =>
        _files.RereadAsync(rows, request, cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        JsonScan.WriteCanonical(writer, _columns, _options);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => _files.GetSchemaAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => ValueTask.FromResult(_files.Pin(since));

    /// <inheritdoc/>
    public override string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => _files.LeaveOut(input, refused);

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    /// <remarks>It reads files that are new by their name, once they have not been written to for 200 ms.</remarks>
    public override BatchSource AsIncremental() => _files.IsIncremental ? this : new JsonFileSource(this);

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) =>
        Parts.InOrderAsync(_files.PartsAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(_files.PartsAsync(request, cancellationToken));
}
