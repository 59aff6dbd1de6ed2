using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Gives every request an id: the caller's when it is a sound one, else that of its trace, else a new one.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> log)
{
    private const string Header = "X-Request-ID";
    private const int MaxLength = 128;

    public async Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = IdOf(context.Request);
        Echo(context);
        using (log.BeginScope(new KeyValuePair<string, object?>[] { new("request_id", context.TraceIdentifier) }))
            await next(context).ConfigureAwait(false);
    }

    /// <summary>Tells the caller the id.</summary>
    public static void Echo(HttpContext context) => context.Response.Headers[Header] = context.TraceIdentifier;

    private static string IdOf(HttpRequest request)
    {
        if (request.Headers[Header] is [{ Length: > 0 and <= MaxLength } given] && given.All(IsSound))
            return given;
        if (Activity.Current is { } activity && activity.TraceId != default)
            return activity.TraceId.ToHexString();
        return ActivityContext.TryParse(request.Headers.TraceParent.ToString(), null, out var parent)
            ? parent.TraceId.ToHexString()
            : ActivityTraceId.CreateRandom().ToHexString();
    }

    // What could break a log line or a header is no id.
    private static bool IsSound(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':';
}
