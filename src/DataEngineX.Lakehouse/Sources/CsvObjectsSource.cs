using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads the objects of a raw table as CSV files, incrementally by the table's version.</summary>
public sealed class CsvObjectsSource : BatchSource
{
    private readonly TableSource _manifest;
    private readonly CsvScan _csv;
    private readonly TextCompression _compression;

    /// <summary>Creates the source.</summary>
    /// <param name="table">The raw table, as <see cref="ObjectsTarget"/> writes it.</param>
    /// <param name="columns">The columns of the files. File and line of each row are added as <see cref="RowOrigin"/> names them.</param>
    /// <param name="options">How the files are read; its schema, origin columns and batch size are not used. <value>Default: null, comma-separated with a header.</value></param>
    /// <exception cref="PlanException">A column has a type that no text of a field stands for.</exception>
    public CsvObjectsSource(DatasetId table, Schema columns, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        _manifest = new TableSource(table);
        _csv = new CsvScan(columns, options);
        _compression = options?.Compression ?? TextCompression.ByName;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _manifest.Dataset;

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    public override string RefusedBy => CsvScan.Operator;

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, ScanRequest request, CancellationToken cancellationToken) =>
        RawObjects.RereadAsync(_csv, Dataset, rows, request, cancellationToken);

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
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        _manifest.PinAsync(data, since, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<string?> IdentifyAsync(DataAccess data, string position, CancellationToken cancellationToken) =>
        _manifest.IdentifyAsync(data, position, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The rows are a guess from the sizes of the objects and the first lines of some. Cuts are made between commits of the raw table.</remarks>
    public override ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(input);
        return ObjectRows.CutAsync(_manifest, data, input, rows, _compression, cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken) =>
        Parts.InOrderAsync(PartsAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(PartsAsync(request, cancellationToken));

    private async IAsyncEnumerable<BatchPart> PartsAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var objects = await RawObjects.ListAsync(_manifest, request, cancellationToken).ConfigureAwait(false);
        await foreach (var part in _csv.PartsAsync(objects, Dataset, request, cancellationToken).ConfigureAwait(false))
            yield return part;
    }
}
