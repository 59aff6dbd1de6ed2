using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Catches at the route, so that a host's own exception pages do not come between.</summary>
internal sealed class ProblemFilter(ILogger<ProblemFilter> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await ProblemWriter.WriteAsync(http, ExceptionProblems.Of(e, log)).ConfigureAwait(false);
            return Results.Empty;
        }
    }
}
