using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Sources;

/// <summary>
/// Reads what a web service answers as it is, a row an answer as of <see cref="ReceivedFile"/>, for a raw table that keeps it. The name of an answer is that of
/// the source, a slash and the instant at which it came: <c>rates/2015-01-31T12:00:00.000000Z</c>.
/// </summary>
public sealed class HttpAnswerSource : BatchSource
{
    private readonly Uri _address;
    private readonly HttpJsonOptions _options;
    private readonly Lazy<HttpMessageHandler> _handler = new(HttpSender.NewHandler);

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name under which cursor, lineage and the rows know it.</param>
    /// <param name="address">What is asked for; http or https, without user and password.</param>
    /// <param name="options">Headers, retries, limits; there is one page, and nothing looks into it. <value>Default: null, the defaults.</value></param>
    /// <exception cref="ArgumentException">The address is relative, of another scheme, or holds a user; or the options look into the answer.</exception>
    public HttpAnswerSource(string name, Uri address, HttpJsonOptions? options = null)
    {
        HttpAddress.Check(address);
        _options = options ?? new HttpJsonOptions();
        if (_options.Paging != HttpPaging.None || _options.Interval is not null || _options.RowsPath.Length > 0)
            throw new ArgumentException("An answer is kept as it is: pages, intervals and a path to its rows are for ReadHttpJson.", nameof(options));
        Dataset = new DatasetId(HttpJsonSource.Namespace, name);
        _address = address;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "http").Field("address", QueryText.Shown(_address));
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(FileFolderSource.Schema);

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ValueTask.FromResult(new InputVersion(Dataset, Text(data.Clock.GetUtcNow()), null, HasData: true));
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var data = request.Context.Data;
        using var total = new CancellationTokenSource(_options.TotalTimeout, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, total.Token);
        using var sender = new HttpSender(_options, data.Services, _options.Handler?.Invoke(data.Services) ?? _handler.Value, ownsHandler: _options.Handler is not null);
        var pages = new HttpPages(Dataset, _address, _options, sender);
        var body = await pages.BodyAsync(stop.Token).AsTask().WithinAsync(Dataset, _options.TotalTimeout, total.Token, cancellationToken).ConfigureAwait(false);
        yield return Build(body, data.Clock.GetUtcNow(), request);
    }

    private RecordBatch Build(byte[] body, DateTimeOffset received, ScanRequest request)
    {
        var allocator = request.Context.Allocator;
        return new RecordBatch(request.Schema, request.Schema.FieldsList.Select(IArrowArray (f) => f.Name switch
        {
            "path" => new StringArray.Builder().Append($"{Dataset.Name}/{Text(received)}").Build(allocator),
            "size" => new Int64Array.Builder().Append(body.Length).Build(allocator),
            "modified" => new TimestampArray.Builder((Apache.Arrow.Types.TimestampType)f.DataType).Append(received).Build(allocator),
            _ => new BinaryArray.Builder().Append(body.AsSpan()).Build(allocator),
        }), 1);
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
