using DataEngineX.Lakehouse.Json;

namespace DataEngineX.Sources;

/// <summary>How JSON is read from a web service.</summary>
public sealed record HttpJsonOptions
{
    /// <summary>The member of the body that holds the rows, such as <c>data.items</c>: an array of objects, or one object that is one row.</summary>
    /// <value>Default: empty, the body itself.</value>
    public string RowsPath { get; init; } = "";

    /// <summary>How pages follow each other.</summary>
    /// <value>Default: <see cref="HttpPaging.None"/>.</value>
    public HttpPaging Paging { get; init; } = HttpPaging.None;

    /// <summary>Asks for a span of time in each run, so that the source can be read incrementally.</summary>
    /// <value>Default: null, every run reads everything.</value>
    public HttpInterval? Interval { get; init; }

    /// <summary>Completes each request: headers and authorization. It gets the host's services, and runs again for each attempt.</summary>
    /// <value>Default: null.</value>
    public Func<HttpRequestMessage, IServiceProvider, CancellationToken, ValueTask>? Prepare { get; init; }

    /// <summary>How rows are read: values as text, depth, longest row.</summary>
    /// <value>Default: the defaults of <see cref="JsonReadOptions"/>.</value>
    public JsonReadOptions Json { get; init; } = new();

    /// <summary>How often a page is asked for again after a transient fault: no connection, a broken answer, 408, 429 or 5xx.</summary>
    /// <value>Default: 4.</value>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The wait before the first retry; it doubles with each, is spread by chance, and gives way to the server's <c>Retry-After</c>.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one ends the read as a transient fault.</summary>
    /// <value>Default: 2 minutes.</value>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one attempt for one page may take, body included.</summary>
    /// <value>Default: 100 seconds.</value>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long the whole read may take, waits included.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most bytes of one page.</summary>
    /// <value>Default: 64 MiB.</value>
    public int MaxPageBytes { get; init; } = 64 << 20;

    /// <summary>The most pages of one read.</summary>
    /// <value>Default: 100,000.</value>
    public int MaxPages { get; init; } = 100_000;

    /// <summary>Makes the handler that sends requests, below retries and limits; called once a read, and disposed with it.</summary>
    /// <value>Default: null, a handler without cookies and redirects, shared by the reads of a source.</value>
    public Func<IServiceProvider, HttpMessageHandler>? Handler { get; init; }
}
