using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads CSV files of the local disk: all of them in each run or, incrementally, those that are new.</summary>
public sealed class CsvFileSource : BatchSource
{
    private readonly TextFiles _files;
    private readonly CsvScan? _declared;
    private readonly CsvReadOptions? _options;

    /// <summary>Creates the source.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    /// <param name="columns">The columns of the files. File and line of each row are added as <see cref="RowOrigin"/> names them.</param>
    /// <param name="options">How the files are read; its schema, origin columns and batch size are not used. <value>Default: null, comma-separated with a header.</value></param>
    /// <exception cref="PlanException">A column has a type that no text of a field stands for.</exception>
    public CsvFileSource(string path, Schema columns, CsvReadOptions? options = null)
    {
        _declared = new CsvScan(columns, options);
        _files = new TextFiles(path, _declared, Sniff(null));
    }

    /// <summary>Creates a source that finds with <see cref="CsvSniffer"/> how the first file is written, and reads all of them so.</summary>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path; relative paths are taken from the current folder.</param>
    /// <param name="options">What is known: compression, encoding and limits. <value>Default: null, the defaults.</value></param>
    public CsvFileSource(string path, CsvReadOptions? options = null)
    {
        _options = options;
        _files = new TextFiles(path, null, Sniff(options));
    }

    private CsvFileSource(CsvFileSource whole)
    {
        _declared = whole._declared;
        _options = whole._options;
        _files = whole._files.AsIncremental();
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _files.Dataset;

    /// <inheritdoc/>
    public override string RefusedBy => CsvScan.Operator;

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, ScanRequest request, CancellationToken cancellationToken) =>
        _files.RereadAsync(rows, request, cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "csv");
        if (_declared is not null)
        {
            _declared.WriteCanonical(writer);
            return;
        }

        writer.Flag("sniffed", true);
        if (_options is { Compression: not TextCompression.ByName })
            writer.Field("compression", _options.Compression.ToString());
        if (_options?.Encoding is { } encoding)
            writer.Field("encoding", encoding.WebName);
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
    public override BatchSource AsIncremental() => _files.IsIncremental ? this : new CsvFileSource(this);

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) =>
        Parts.InOrderAsync(_files.PartsAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(_files.PartsAsync(request, cancellationToken));

    private static Func<Stream, string, CancellationToken, Task<IFileScan>> Sniff(CsvReadOptions? options) => async (stream, name, stop) =>
    {
        var report = await CsvSniffer.SniffAsync(stream, name, options, cancellationToken: stop).ConfigureAwait(false);
        return new CsvScan(report.Schema, report.Options);
    };
}
