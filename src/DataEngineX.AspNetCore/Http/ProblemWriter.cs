using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace DataEngineX.AspNetCore;

/// <summary>Writes problems as RFC 9457 says, and as Open Inference says below /v2.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase))
        {
            await context.Response.WriteAsJsonAsync(new InferenceError(problem.Detail), ApiJson.Options, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var details = new ProblemDetails
        {
            Type = problem.Type,
            Title = problem.Title,
            Status = problem.Status,
            Detail = problem.Detail,
            Instance = context.Request.PathBase.Add(context.Request.Path),
        };
        if (problem.Field is { } field)
            details.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [problem.Detail] };
        details.Extensions["requestId"] = context.TraceIdentifier;
        if (Activity.Current is { } activity)
            details.Extensions["traceId"] = activity.TraceId.ToHexString();
        await context.Response.WriteAsJsonAsync(details, ApiJson.Options, ContentType, context.RequestAborted).ConfigureAwait(false);
    }
}
