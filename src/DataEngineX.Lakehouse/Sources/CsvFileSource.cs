using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads CSV files of the local disk, all of them in each run.</summary>
public sealed class CsvFileSource : BatchSource
{
    private readonly PinnedFiles _files;
    private readonly CsvScan _csv;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    /// <param name="columns">The columns of the files. File and line of each row are added as <see cref="RowOrigin"/> names them.</param>
    /// <param name="options">How the files are read; its schema, origin columns and batch size are not used. <value>Default: null, comma-separated with a header.</value></param>
    /// <exception cref="PlanException">A column has a type that no text of a field stands for.</exception>
    public CsvFileSource(string path, Schema columns, CsvReadOptions? options = null)
    {
        _files = new PinnedFiles(path);
        _csv = new CsvScan(columns, options);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _csv.WriteCanonical(writer.Field("format", "csv"));
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(_csv.Schema);

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) => ValueTask.FromResult(_files.Pin());

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) =>
        Parts.InOrderAsync(PartsOf(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(PartsOf(request, cancellationToken));

    private IAsyncEnumerable<BatchPart> PartsOf(ScanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _csv.PartsAsync(_files.At(request.Input).Select(ScanFile.Of), request, cancellationToken);
    }
}
