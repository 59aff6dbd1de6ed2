using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Sources;

/// <summary>
/// Reads JSON from a web service, page by page: the next page is asked for when the rows of the last were taken. Rows that do not fit their
/// columns go to quarantine with page and place.
/// </summary>
public sealed class HttpJsonSource : BatchSource
{
    /// <summary>The namespace of web services.</summary>
    public const string Namespace = "http";

    private const string Operator = "read_http_json";
    private const int MostSteps = 10_000;

    private readonly Uri _address;
    private readonly Schema _columns;
    private readonly HttpJsonOptions _options;
    private readonly Lazy<HttpMessageHandler> _handler = new(HttpSender.NewHandler);

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name under which cursor and lineage know it.</param>
    /// <param name="address">The first page, with the parameters that every page has; http or https, without user and password.</param>
    /// <param name="columns">The columns of the rows, found among their members by exact name, then by <c>snake_case</c>.</param>
    /// <param name="options">Pages, headers, retries, limits. <value>Default: null, one page.</value></param>
    /// <exception cref="ArgumentException">The address is relative, of another scheme, or holds a user.</exception>
    public HttpJsonSource(string name, Uri address, Schema columns, HttpJsonOptions? options = null)
    {
        HttpAddress.Check(address);
        ArgumentNullException.ThrowIfNull(columns);
        if (options is { RowsPath: "", Paging.BodyPath: { } path })
            throw new ArgumentException($"The body names the next page at '{path}', so the rows are not the body itself: say in RowsPath where they stand.", nameof(options));
        if (options?.Interval?.Step is { } step && step < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"A step of {step} is shorter than a second.", nameof(options));
        Dataset = new DatasetId(Namespace, name);
        _address = address;
        _columns = columns;
        _options = options ?? new HttpJsonOptions();
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override bool SupportsIncremental => _options.Interval is not null;

    /// <inheritdoc/>
    public override string RefusedBy => Operator;

    /// <inheritdoc/>
    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "http_json").Field("address", QueryText.Shown(_address)).Field("rows", _options.RowsPath).Field("pages", _options.Paging.Canonical)
            .List("columns", _columns.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)}:{ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"))
            .Flag("any_as_text", _options.Json.AnyValueAsText);
        if (_options.Interval is { } interval)
            writer.Field("since", interval.SinceParameter).Field("until", interval.UntilParameter).Field("start", Text(interval.Start)).Field("lag", interval.Lag.Ticks);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(_columns);

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var now = data.Clock.GetUtcNow();
        if (_options.Interval is not { } interval)
            return ValueTask.FromResult(new InputVersion(Dataset, Text(now), null, HasData: true));
        var from = since is null ? interval.Start : Instant(since);
        var until = now - interval.Lag;

        // A clock that was set back, or a start in the future: nothing is asked for, and the position stays.
        return ValueTask.FromResult(new InputVersion(Dataset, Text(until > from ? until : from), since, until > from));
    }

    /// <inheritdoc/>
    /// <remarks>Cuts are made at each <see cref="HttpInterval.Step"/>, however many rows there are.</remarks>
    public override ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cuts = new List<string>();
        if (_options.Interval is { Step: { } step } interval)
        {
            var (from, until) = (input.Since is null ? interval.Start : Instant(input.Since), Instant(input.Position));
            var seconds = Math.Max((long)step.TotalSeconds, (long)Math.Ceiling((until - from).TotalSeconds / MostSteps));
            for (var end = from.AddSeconds(seconds); end < until; end = end.AddSeconds(seconds))
                cuts.Add(Text(end));
        }

        return ValueTask.FromResult<IReadOnlyList<string>>([.. cuts, input.Position]);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Input.HasData)
            yield break;
        var services = request.Context.Data.Services;
        using var total = new CancellationTokenSource(_options.TotalTimeout, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, total.Token);
        using var sender = new HttpSender(_options, services, _options.Handler?.Invoke(services) ?? _handler.Value, ownsHandler: _options.Handler is not null);
        var pages = new HttpPages(Dataset, AddressOf(request.Input), _options, sender);
        var walk = pages.ReadAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var open = walk.ConfigureAwait(false);
        while (await walk.MoveNextAsync().AsTask().WithinAsync(Dataset, _options.TotalTimeout, total.Token, cancellationToken).ConfigureAwait(false))
        {
            if (walk.Current.Rows == 0)
                continue;
            await foreach (var batch in RowsAsync(pages.Lines, $"{Dataset} page {walk.Current.Number}", null, request, stop.Token).ConfigureAwait(false))
                yield return batch;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> RereadAsync(
        IReadOnlyList<RefusedRow> rows, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(request);
        foreach (var page in rows.GroupBy(r => r.File, StringComparer.Ordinal))
        {
            // A line end in a row that somebody has mended is a blank between its tokens.
            var lines = Encoding.UTF8.GetBytes(string.Concat(page.Select(r => $"{r.Text.ReplaceLineEndings(" ")}\n")));
            long[] numbers = [.. page.Select(r => r.Line)];
            await foreach (var batch in RowsAsync(lines, page.Key, numbers, request, cancellationToken).ConfigureAwait(false))
                yield return batch;
        }
    }

    private async IAsyncEnumerable<RecordBatch> RowsAsync(
        ReadOnlyMemory<byte> lines, string page, long[]? numbers, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rejects = new List<LineReject>();
        var json = _options.Json with
        {
            Schema = _columns,
            OriginColumns = false,
            CheckFirst = false,
            Malformed = numbers is null ? _options.Json.Malformed : MalformedRows.Quarantine,
            BatchRows = request.Context.BatchRows,
            Compression = TextCompression.None,
            Encoding = null,
        };
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(lines, out var bytes);
        var reader = await JsonLinesReader.OpenAsync(
            new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), page, json, cancellationToken).ConfigureAwait(false);
        await using var open = reader.ConfigureAwait(false);
        void Refuse(LineReject row) => rejects.Add(numbers is null ? row : row with { Line = numbers[row.Line - 1] });
        await foreach (var batch in reader.ReadAsync(request.Context.Allocator, Refuse, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                await SetAsideAsync(rejects, request, cancellationToken).ConfigureAwait(false);
                yield return Project(batch, request.Schema);
            }
        }

        await SetAsideAsync(rejects, request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SetAsideAsync(List<LineReject> rejects, ScanRequest request, CancellationToken cancellationToken)
    {
        if (rejects.Count == 0)
            return;
        await RejectedRows.QuarantineAsync(rejects, Operator, Dataset, request.Context, cancellationToken).ConfigureAwait(false);
        rejects.Clear();
    }

    private static RecordBatch Project(RecordBatch batch, Schema schema) => new(
        schema, schema.FieldsList.Select(f => ArrowArrayFactory.BuildArray(batch.Column(batch.Schema.GetFieldIndex(f.Name)).Data.Retain())), batch.Length);

    private Uri AddressOf(InputVersion input)
    {
        if (_options.Interval is not { } interval)
            return _address;
        var from = input.Since is null ? interval.Start : Instant(input.Since);
        return QueryText.With(
            QueryText.With(_address, interval.SinceParameter, interval.Format(from)), interval.UntilParameter, interval.Format(Instant(input.Position)));
    }

    // Whole seconds: what a service is told in seconds must be what the cursor remembers.
    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private DateTimeOffset Instant(string position) => DateTimeOffset.TryParseExact(
        position, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        ? instant
        : throw new DataEngineXException($"'{position}' is not a position of {Dataset}.");
}
