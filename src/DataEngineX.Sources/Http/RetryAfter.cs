namespace DataEngineX.Sources;

/// <summary>Reads the header <c>Retry-After</c>: seconds or a date.</summary>
internal static class RetryAfter
{
    internal static TimeSpan? Of(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
