using System.Net;

namespace DataEngineX.AspNetCore;

/// <summary>While the face is open, turns away whatever does not come from this machine on purpose.</summary>
internal sealed class LocalOnlyMiddleware(RequestDelegate next, SecurityPosture posture)
{
    private const string Hint = " Set DataEngineX:Security to serve others.";

    public Task InvokeAsync(HttpContext context)
    {
        if (posture.IsOpen && Judge(context) is { } reason)
            return ProblemWriter.WriteAsync(context, ApiProblem.Forbidden(reason + Hint));
        return next(context);
    }

    /// <summary>Why the request is not one of this machine's own, or null.</summary>
    public static string? Judge(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
            return "This host is open to its own machine only.";

        // A foreign name that resolves to this machine would let a web page of that name read what is served here.
        if (!IsLocalName(context.Request.Host.Host))
            return "This host answers to localhost only.";

        // Browsers name the page that sends: other pages may not act here.
        return IsForeignPage(context.Request) ? "This host takes no orders from pages of other hosts." : null;
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsForeignPage(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers.Origin.ToString() is { Length: > 0 } origin
        && (!Uri.TryCreate(origin, UriKind.Absolute, out var page)
            || !string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
