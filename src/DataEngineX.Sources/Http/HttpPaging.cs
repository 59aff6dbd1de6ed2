namespace DataEngineX.Sources;

/// <summary>How the pages of a web service follow each other. A path names a member of the body, such as <c>meta.next</c>.</summary>
public abstract record HttpPaging
{
    private protected HttpPaging()
    {
    }

    /// <summary>There is one page.</summary>
    public static HttpPaging None { get; } = new SinglePage();

    /// <summary>The header <c>Link</c> with the relation <c>next</c> (RFC 8288) names the next page; without it the page was the last.</summary>
    public static HttpPaging Link { get; } = new LinkPaging();

    /// <summary>The body names the address of the next page; missing, null or empty after the last.</summary>
    /// <param name="path">Where it stands.</param>
    public static HttpPaging NextUrl(string path) => new NextUrlPaging(path);

    /// <summary>The body holds a cursor that is sent to get the next page; missing, null or empty after the last.</summary>
    /// <param name="parameter">The query parameter that takes it.</param>
    /// <param name="path">Where it stands.</param>
    public static HttpPaging Cursor(string parameter, string path) => new CursorPaging(parameter, path);

    /// <summary>Pages are counted. An empty page ends them, not a short one: a server may give fewer rows than asked for.</summary>
    /// <param name="parameter">The query parameter that takes the number.</param>
    /// <param name="first">The number of the first page. <value>Default: 1.</value></param>
    public static HttpPaging Number(string parameter, int first = 1) => new NumberPaging(parameter, first);

    /// <summary>Rows are counted. An empty page ends them, not a short one: a server may give fewer rows than asked for.</summary>
    /// <param name="parameter">The query parameter that takes the number of rows before the page.</param>
    /// <param name="limitParameter">The query parameter that takes the number of rows wanted; null for none.</param>
    /// <param name="limit">The number of rows wanted. <value>Default: 1,000.</value></param>
    public static HttpPaging Offset(string parameter, string? limitParameter = null, int limit = 1_000) => new OffsetPaging(parameter, limitParameter, limit);

    internal virtual string? BodyPath => null;

    /// <summary>Whether a server that does not know the parameter would send its first page for ever.</summary>
    internal virtual bool Counts => false;

    internal abstract string Canonical { get; }

    internal virtual Uri First(Uri address) => address;

    /// <summary>The page after one; null after the last.</summary>
    internal abstract Uri? Next(Uri address, HttpPage page);
}
