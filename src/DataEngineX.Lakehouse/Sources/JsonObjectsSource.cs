using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads the objects of a raw table as files of JSON lines, incrementally by the table's version.</summary>
public sealed class JsonObjectsSource : BatchSource
{
    private readonly TableSource _manifest;
    private readonly Schema _columns;
    private readonly JsonReadOptions? _options;
    private readonly JsonScan _scan;

    /// <summary>Creates the source.</summary>
    /// <param name="table">The raw table, as <see cref="ObjectsTarget"/> writes it.</param>
    /// <param name="columns">The columns of the files. File and line of each row are added as <see cref="RowOrigin"/> names them.</param>
    /// <param name="options">How the files are read; its schema, origin columns and batch size are not used. <value>Default: null, the defaults.</value></param>
    /// <exception cref="PlanException">A column has a type that no JSON value stands for.</exception>
    public JsonObjectsSource(DatasetId table, Schema columns, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        _manifest = new TableSource(table);
        _columns = columns;
        _options = options;
        _scan = new JsonScan(columns, options);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _manifest.Dataset;

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    public override string RefusedBy => JsonScan.Operator;

    /// <inheritdoc/>
    public override IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, ScanRequest request, CancellationToken cancellationToken) =>
        RawObjects.RereadAsync(_scan, Dataset, rows, request, cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        JsonScan.WriteCanonical(writer, _columns, _options);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(_scan.Schema);

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
        return _options is { IsDocument: true }
            ? _manifest.CutAsync(data, input, rows, cancellationToken)
            : ObjectRows.CutAsync(_manifest, data, input, rows, _options?.Compression ?? TextCompression.ByName, cancellationToken);
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
        await foreach (var part in _scan.PartsAsync(objects, Dataset, request, cancellationToken).ConfigureAwait(false))
            yield return part;
    }
}
